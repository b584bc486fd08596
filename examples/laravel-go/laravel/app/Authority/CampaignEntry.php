<?php

namespace App\Authority;

use App\Models\Campaign;
use App\Models\EmailSMSLimitRate;
use App\Services\FeatureFlags;
use Illuminate\Support\Collection;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Str;

/** The entry point: a message gets its uuid, its mode and its reserved unit once, in one transaction, before any message is sent. */
class CampaignEntry
{
    public function __construct(private FeatureFlags $flags)
    {
    }

    /** Returns the unsettled messages of the campaign, except those for which the tenant has no unit left. */
    public function open(Campaign $campaign): Collection
    {
        return DB::transaction(function () use ($campaign) {
            $tenantId = $campaign->owner_id;
            $units = EmailSMSLimitRate::where('owner_id', $tenantId)->lockForUpdate()->value('sms') ?? 0;
            $units -= DB::table('sms_reservations')->where('owner_id', $tenantId)->where('state', 'reserved')->count();
            $mode = $this->mode($tenantId);

            $messages = $campaign->messages()->whereNull('settled_at')->orderBy('id')->lockForUpdate()->get();
            $messages->load('phones', 'campaign');
            abort_if($messages->whereStrict('message_uuid', '')->isNotEmpty(), 422, 'a message of the campaign has a blank uuid');

            foreach ($messages->whereNull('message_uuid') as $message) {
                if ($mode !== 'SHADOW' && $units-- < 1) {
                    continue;
                }

                $message->update([
                    'message_uuid' => (string) Str::uuid(),
                    'mode' => $mode,
                    // Empty if the campaign was built before the column existed.
                    'recipient' => $message->recipient ?? '+'.$message->phones->country_code.$message->phones->phone,
                ]);

                if ($mode !== 'SHADOW') {
                    DB::table('sms_reservations')->insert([
                        'message_uuid' => $message->message_uuid,
                        'owner_id' => $tenantId,
                        'state' => 'reserved',
                    ]);
                }
            }

            return $messages->whereNotNull('message_uuid')->values();
        });
    }

    /** The mode of the tenant; OFF for any value that is not a mode. */
    private function mode(int $tenantId): string
    {
        $mode = $this->flags->mode($tenantId);

        return in_array($mode, ['SHADOW', 'ON'], true) ? $mode : 'OFF';
    }
}
