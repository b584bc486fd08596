<?php

namespace App\Http\Controllers;

use App\Authority\Recovery;
use App\Services\FeatureFlags;
use App\Services\Reconciliation;

class OperationsController extends Controller
{
    public function refreshFlags(FeatureFlags $flags, int $tenant)
    {
        return ['mode' => $flags->refresh($tenant)];
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
