<?php

namespace App\Models;

use Illuminate\Database\Eloquent\Model;

class CampaignSMS extends Model
{
    protected $table = 'campaign_s_m_s';

    protected $guarded = [];

    public function campaign()
    {
        return $this->belongsTo(Campaign::class);
    }

    public function phones()
    {
        return $this->belongsTo(Phone::class, 'phone_id');
    }
}
