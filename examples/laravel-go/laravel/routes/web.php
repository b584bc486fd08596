<?php

use App\Http\Controllers\AuthorizedSmsController;
use App\Http\Controllers\OperationsController;
use App\Http\Controllers\SmsController;
use Illuminate\Support\Facades\Route;

$isRepaired = config('services.messaging.stage') === 'repaired';

Route::get('/', fn () => 'ok');

Route::post('/campaigns/{campaign}/send', [$isRepaired ? AuthorizedSmsController::class : SmsController::class, 'send']);

// For operators; in production behind the VPN.
Route::post('/operations/tenants/{tenant}/refresh-flags', [OperationsController::class, 'refreshFlags']);
Route::post('/operations/breakers/{calls}/{action}', [OperationsController::class, 'switchBreaker'])
    ->where(['calls' => 'live|dry', 'action' => 'open|close']);

if ($isRepaired) {
    Route::post('/operations/recover', [OperationsController::class, 'recover']);
    Route::post('/operations/reconcile', [OperationsController::class, 'reconcile']);
}
