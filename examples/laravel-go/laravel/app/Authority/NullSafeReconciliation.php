<?php

namespace App\Authority;

use App\Services\Reconciliation;
use Illuminate\Support\Facades\DB;

/** Compares the two logs, NULL as a value. It leaves out rehearsals, and rows that are too young or unfinished: they can still change. */
class NullSafeReconciliation extends Reconciliation
{
    public function mismatches(): array
    {
        return array_map(fn ($row) => (array) $row, DB::select(
            "with ripe as (
               select clock_timestamp() - ? * interval '1 millisecond' as before
             ), laravel as (
               select message_uuid, status, provider_message_id, sms_logs.created_at at time zone current_setting('TimeZone') < before as is_ripe
               from sms_logs, ripe where source = 'go'
             ), go as (
               select message_uuid, replace(status, 'duplicate', 'accepted') as status, provider_message_id,
                      created_at < before and status <> 'pending' as is_ripe,
                      -- A row can also be left from a claim that the service lost to the application.
                      status = 'accepted' or not exists (
                        select from send_authority as a where a.message_uuid = go_sms_logs.message_uuid and a.holder = 'legacy'
                      ) as is_own
               from go_sms_logs, ripe where not dry_run
             )
             select kind, coalesce(laravel.message_uuid, go.message_uuid) as \"messageUuid\"
             from laravel full join go using (message_uuid),
               lateral (values
                 ('missing_in_go', laravel.is_ripe and go.status is null),
                 ('missing_in_laravel', go.is_ripe and go.is_own and laravel.status is null),
                 ('status_mismatch', laravel.is_ripe and go.is_ripe and laravel.status is distinct from go.status),
                 ('provider_message_id_mismatch',
                  laravel.is_ripe and go.is_ripe and laravel.provider_message_id is distinct from go.provider_message_id)
               ) as found (kind, differs)
             where differs
             order by 2, 1",
            [config('services.messaging.reconcile_after_ms')]
        ));
    }
}
