<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

class EmailSMSLimitRate extends Model
{
    protected $table = 'email_s_m_s_limit_rates';

    protected $guarded = [];
}
