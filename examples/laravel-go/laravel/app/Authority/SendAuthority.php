<?php

namespace App\Authority;

use App\Models\CampaignSMS;
use Illuminate\Database\QueryException;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Str;

/** Asks the database whether the application may send a message. It allows one system to send a message, once. */
class SendAuthority
{
    /** Claims the message and begins its send. Returns the epoch of the grant; null if the application must not send. */
    public function obtain(CampaignSMS $message): ?int
    {
        $token = (string) Str::uuid();
        $claim = $this->insist(fn () => DB::selectOne(
            "select verdict, epoch from sa_claim(?, ?, ?, ?, 'legacy', ?, ?)",
            [
                $message->message_uuid,
                $message->campaign->owner_id,
                $message->recipient,
                $message->sms_built,
                $token,
                config('services.messaging.lease_ms'),
            ]
        ));
        if ($claim?->verdict !== 'granted') {
            return null;
        }

        $begun = $this->insist(fn () => DB::selectOne(
            'select sa_begin_send(?, ?, ?) as begun',
            [$message->message_uuid, $claim->epoch, $token]
        ));

        return $begun?->begun ? $claim->epoch : null;
    }

    /** Records how a send ended: SENT, NOT_SENT or UNKNOWN. */
    public function settle(CampaignSMS $message, int $epoch, string $state, ?string $sid = null): void
    {
        $this->insist(fn () => DB::select(
            'select sa_settle(?, ?, ?, ?)',
            [$message->message_uuid, $epoch, $state, $sid]
        ));
    }

    /** Turns sends that began long ago and never ended into UNKNOWN. Returns how many. */
    public function surface(): int
    {
        return DB::update(
            "update send_authority set state = 'UNKNOWN', changed_at = clock_timestamp()
             where state = 'SENDING' and changed_at < clock_timestamp() - ? * interval '1 millisecond'",
            [config('services.messaging.surface_after_ms')]
        );
    }

    /** Runs a statement, and once more after an error: with the same token it gives the same answer. Null if it fails again. */
    private function insist(callable $statement)
    {
        try {
            return $statement();
        } catch (QueryException $e) {
            return rescue($statement);
        }
    }
}
