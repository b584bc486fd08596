<?php

namespace App\Providers;

use App\Authority\NullSafeReconciliation;
use App\Services\MessagingServiceClient;
use App\Services\Reconciliation;
use App\Services\StockTimeoutClient;
use Illuminate\Support\ServiceProvider;

class AppServiceProvider extends ServiceProvider
{
    public function register()
    {
        if (config('services.messaging.stage') === 'stock-timeout') {
            $this->app->bind(MessagingServiceClient::class, StockTimeoutClient::class);
        }

        if (config('services.messaging.stage') === 'repaired') {
            $this->app->bind(Reconciliation::class, NullSafeReconciliation::class);
        }
    }
}
