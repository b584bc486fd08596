<?php

namespace App\Console\Commands;

use App\Authority\Recovery;
use Illuminate\Console\Command;

class RecoverSms extends Command
{
    protected $signature = 'sms:recover';

    protected $description = 'Finishes messages that were left half done; one that may have been sent is never sent again';

    public function handle(Recovery $recovery)
    {
        $this->line(json_encode($recovery->run()));
    }
}
