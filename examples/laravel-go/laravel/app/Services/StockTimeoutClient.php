<?php

namespace App\Services;

use Illuminate\Http\Client\PendingRequest;
use Illuminate\Support\Facades\Http;

/** The client with the timeout as the runbook writes it. */
class StockTimeoutClient extends MessagingServiceClient
{
    protected function http(): PendingRequest
    {
        return Http::timeout(0.5);
    }
}
