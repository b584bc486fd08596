<?php

namespace App\Authority;

use App\Services\CircuitBreaker;
use GuzzleHttp\Exception\TransferException;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Http\Client\Response;
use Illuminate\Support\Collection;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

/** Calls the Go service, with exactly one request per call. The results in its answer are not used: send_authority decides. */
class ServiceClient
{
    /**
     * Options for a request that must not be sent twice. Guzzle sends a request again, three times in all, if the answer ends in the middle
     * of its headers; cURL does so if a kept connection turns out to be closed.
     */
    public const ONCE = [
        '_curl_retries' => 2,
        'curl' => [CURLOPT_FRESH_CONNECT => true, CURLOPT_FORBID_REUSE => true],
    ];

    public function __construct(private CircuitBreaker $breaker)
    {
    }

    /** Asks the service to send the messages. Returns the cause for a fallback; null if there is none. */
    public function send(Collection $messages): ?string
    {
        return $this->call($messages, false, $this->breaker);
    }

    public function rehearse(Collection $messages): void
    {
        $this->call($messages, true, $this->breaker->forRehearsals());
    }

    private function call(Collection $messages, bool $dryRun, CircuitBreaker $breaker): ?string
    {
        if ($breaker->isOpen()) {
            return 'breaker-open';
        }

        try {
            $response = $this->post($messages, $dryRun);
        } catch (ConnectionException|TransferException $e) {
            $breaker->failed();

            return 'no-answer';
        }

        if ($response->successful() && is_array($response->json('results'))) {
            $breaker->succeeded();
        } else {
            $breaker->failed();
            Log::error('MESSAGING_ANSWER', ['status' => $response->status()]);
        }

        return null;
    }

    private function post(Collection $messages, bool $dryRun): Response
    {
        $campaign = $messages->first()->campaign;

        return Http::withOptions(self::ONCE + ['timeout' => 0.5, 'connect_timeout' => 0.2])
            ->post(config('services.messaging.url').'/v1/batches', [
                'tenant_id' => $campaign->owner_id,
                'campaign_id' => $campaign->id,
                'dry_run' => $dryRun,
                'messages' => $messages->map(fn ($message) => [
                    'message_uuid' => $message->message_uuid,
                    'recipient' => $message->recipient,
                    'body' => $message->sms_built,
                    'provider' => $campaign->gateway,
                ])->all(),
            ]);
    }
}
