<?php

namespace App\Console\Commands;

use App\Services\Reconciliation;
use Illuminate\Console\Command;

class ReconcileSms extends Command
{
    protected $signature = 'sms:reconcile';

    protected $description = 'Compares sms_logs with go_sms_logs and prints what differs';

    public function handle(Reconciliation $reconciliation)
    {
        $mismatches = $reconciliation->mismatches();
        $this->table(['kind', 'message_uuid'], $mismatches);

        return count($mismatches) === 0 ? self::SUCCESS : self::FAILURE;
    }
}
