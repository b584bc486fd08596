<?php

return [

    'messaging' => [
        'url' => env('MESSAGING_URL'),
        // The stage of the migration: 'stock-timeout', 'runbook' or 'repaired'.
        'stage' => env('MESSAGING_STAGE', 'runbook'),
        'breaker' => [
            'failures' => (int) env('MESSAGING_BREAKER_FAILURES', 5),
            'window_seconds' => (int) env('MESSAGING_BREAKER_WINDOW', 10),
            'open_seconds' => (int) env('MESSAGING_BREAKER_OPEN', 30),
        ],
        'lease_ms' => (int) env('MESSAGING_LEASE_MS', 800),
        'surface_after_ms' => (int) env('MESSAGING_SURFACE_AFTER_MS', 60000),
        'reconcile_after_ms' => (int) env('MESSAGING_RECONCILE_AFTER_MS', 60000),
    ],

    'twilio' => [
        'url' => env('TWILIO_URL', 'https://api.twilio.com'),
        'sid' => env('TWILIO_ACCOUNT_SID'),
        'token' => env('TWILIO_AUTH_TOKEN'),
        'from' => env('TWILIO_FROM'),
    ],

];
