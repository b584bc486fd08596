<?php

namespace App\Console;

use Illuminate\Console\Scheduling\Schedule;
use Illuminate\Foundation\Console\Kernel as ConsoleKernel;

class Kernel extends ConsoleKernel
{
    protected function schedule(Schedule $schedule)
    {
        if (config('services.messaging.stage') === 'repaired') {
            $schedule->command('sms:recover')->everyMinute()->withoutOverlapping();
        }

        $schedule->command('sms:reconcile')->hourly();
    }

    protected function commands()
    {
        $this->load(__DIR__.'/Commands');
    }
}
