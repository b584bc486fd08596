<?php

namespace App\Authority;

use App\Models\CampaignSMS;
use App\Models\EmailSMSLimitRate;
use App\Models\SmsLog;
use Illuminate\Support\Collection;
use Illuminate\Support\Facades\DB;

/** Writes the log row, the charge and the end of a message in one transaction. It reads send_authority, not the answer of the service. */
class Settlement
{
    private const STATUSES = ['SENT' => 'accepted', 'NOT_SENT' => 'rejected', 'UNKNOWN' => 'unknown'];

    /** Settles those of the messages that have ended. If one fails, recovery settles it later, and the others are settled now. */
    public function settle(Collection $messages): void
    {
        foreach ($messages as $message) {
            rescue(fn () => DB::transaction(fn () => $this->settleOne($message), 2));
        }
    }

    private function settleOne(CampaignSMS $message): void
    {
        $uuid = $message->message_uuid;
        $authority = DB::table('send_authority')->where('message_uuid', $uuid)->first();
        $status = self::STATUSES[$authority->state ?? ''] ?? null;
        if ($status === null || $message->fresh()->settled_at !== null) {
            return;
        }

        $row = [
            'source' => $authority->holder === 'service' ? 'go' : 'legacy',
            'status' => $status,
            'provider_message_id' => $authority->provider_message_id,
        ];
        $isNew = SmsLog::insertOrIgnore($row + ['message_uuid' => $uuid, 'tenant_id' => $authority->tenant_id]) > 0;
        if ($status === 'unknown') {
            return;
        }
        if (! $isNew) {
            SmsLog::where('message_uuid', $uuid)->where('status', 'unknown')->update($row);
        }

        $isSent = $status === 'accepted';
        $moved = DB::table('sms_reservations')
            ->where('message_uuid', $uuid)
            ->where('state', 'reserved')
            ->update(['state' => $isSent ? 'charged' : 'released']);
        if ($moved > 0 && $isSent) {
            EmailSMSLimitRate::where('owner_id', $authority->tenant_id)->decrement('sms');
        }
        $message->update(['settled_at' => now()]);
    }
}
