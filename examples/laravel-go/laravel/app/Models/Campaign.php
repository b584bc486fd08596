<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

class Campaign extends Model
{
    protected $table = 'campaigns';

    protected $guarded = [];

    public function messages()
    {
        return $this->hasMany(CampaignSMS::class);
    }
}
