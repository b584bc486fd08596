<?php

namespace App\Authority;

use App\Models\CampaignSMS;
use Illuminate\Support\Collection;
use Illuminate\Support\Facades\DB;

/** Finishes messages that were left unfinished: settles or dispatches them again, with their uuid and mode. */
class Recovery
{
    public function __construct(
        private SendAuthority $authority,
        private Dispatcher $dispatcher,
        private Settlement $settlement,
    ) {
    }

    /** @return array{surfaced: int, settled: int, reentered: int, pending: int} */
    public function run(): array
    {
        $surfaced = $this->authority->surface();
        $before = $this->unfinished();

        $due = $before->filter(fn ($message) => $this->isDue($message));
        $this->settlement->settle($due);

        $open = $before->whereIn('state', [null, 'CLAIMED']);
        foreach ($open->groupBy(fn ($message) => "{$message->campaign_id} {$message->mode}") as $messages) {
            $this->dispatcher->dispatch($messages->first()->mode, $messages);
        }

        $after = $before->isEmpty() ? $before : $this->unfinished();

        return [
            'surfaced' => $surfaced,
            'settled' => $due->whereNotIn('id', $after->pluck('id'))->count(),
            'reentered' => $open->count(),
            'pending' => $after->count(),
        ];
    }

    /** The messages that have a uuid and are not settled, except those that are unknown and logged so: these wait for a person. */
    private function unfinished(): Collection
    {
        return CampaignSMS::with('campaign')
            ->leftJoin('send_authority', 'send_authority.message_uuid', '=', 'campaign_s_m_s.message_uuid')
            ->leftJoin('sms_logs', 'sms_logs.message_uuid', '=', 'campaign_s_m_s.message_uuid')
            ->where('campaign_s_m_s.message_uuid', '<>', '')
            ->whereNull('settled_at')
            ->where(DB::raw("coalesce(sms_logs.status = 'unknown' and send_authority.state = 'UNKNOWN', false)"), false)
            ->orderBy('campaign_s_m_s.id')
            ->get(['campaign_s_m_s.*', 'send_authority.state']);
    }

    private function isDue(CampaignSMS $message): bool
    {
        return in_array($message->state, ['SENT', 'NOT_SENT', 'UNKNOWN'], true);
    }
}
