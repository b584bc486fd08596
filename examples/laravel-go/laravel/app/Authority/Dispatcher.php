<?php

namespace App\Authority;

use Illuminate\Support\Collection;
use Illuminate\Support\Facades\Log;

/** The mode switch. The mode says which system should send; the authority decides which one is allowed to. */
class Dispatcher
{
    public function __construct(
        private LegacySender $legacy,
        private ServiceClient $service,
        private Settlement $settlement,
    ) {
    }

    /** Passes messages of one campaign and one mode to their sender, then settles those that have ended. */
    public function dispatch(string $mode, Collection $messages): void
    {
        if ($mode === 'ON') {
            $cause = $this->service->send($messages);
            if ($cause !== null) {
                $this->legacy->send($messages, $cause);
            }
        } else {
            $this->legacy->send($messages);
        }

        $this->settlement->settle($messages);

        if ($mode === 'SHADOW') {
            // Runs after the answer to the user.
            app()->terminating(fn () => $this->rehearse($messages));
        }
    }

    private function rehearse(Collection $messages): void
    {
        try {
            $this->service->rehearse($messages);
        } catch (\Throwable $e) {
            Log::warning('SHADOW_SEND_FAILED', ['error' => $e->getMessage()]);
        }
    }
}
