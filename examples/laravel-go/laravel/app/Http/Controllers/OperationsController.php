<?php

namespace App\Http\Controllers;

use App\Authority\Recovery;
use App\Services\CircuitBreaker;
use App\Services\FeatureFlags;
use App\Services\Reconciliation;

class OperationsController extends Controller
{
    public function refreshFlags(FeatureFlags $flags, int $tenant)
    {
        return ['mode' => $flags->refresh($tenant)];
    }

    /** Opens a breaker by hand, for example while the service is being replaced, or closes it. */
    public function switchBreaker(CircuitBreaker $breaker, string $calls, string $action)
    {
        $chosen = $calls === 'dry' ? $breaker->forRehearsals() : $breaker;
        $action === 'open' ? $chosen->open() : $chosen->close();

        return ['open' => $chosen->isOpen()];
    }

    public function recover(Recovery $recovery)
    {
        return $recovery->run();
    }

    public function reconcile(Reconciliation $reconciliation)
    {
        return $reconciliation->mismatches();
    }
}
