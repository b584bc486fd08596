<?php

namespace App\Services;

use Illuminate\Support\Facades\DB;

/** Step 19 of the runbook: its queries and its mismatch detection rule. */
class Reconciliation
{
    /** @return array<array{kind: string, message_uuid: string}> */
    public function mismatches(): array
    {
        $laravel = DB::table('sms_logs')->where('source', 'go')->get()->keyBy('message_uuid');
        $go = DB::table('go_sms_logs')->get()->keyBy('message_uuid');
        $mismatches = [];

        foreach ($laravel as $uuid => $row) {
            if (! $go->has($uuid)) {
                $mismatches[] = ['kind' => 'missing_in_go', 'message_uuid' => $uuid];
            } elseif ($row->status !== $go[$uuid]->status) {
                $mismatches[] = ['kind' => 'status_mismatch', 'message_uuid' => $uuid];
            } elseif ($row->provider_message_id !== $go[$uuid]->provider_message_id) {
                $mismatches[] = ['kind' => 'provider_message_id_mismatch', 'message_uuid' => $uuid];
            }
        }

        foreach ($go->diffKeys($laravel) as $uuid => $row) {
            $mismatches[] = ['kind' => 'missing_in_laravel', 'message_uuid' => $uuid];
        }

        return $mismatches;
    }
}
