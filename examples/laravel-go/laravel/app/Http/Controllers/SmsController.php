<?php

namespace App\Http\Controllers;

use App\Models\Campaign;
use App\Models\EmailSMSLimitRate;
use App\Models\SmsLog;
use App\Services\CircuitBreaker;
use App\Services\FeatureFlags;
use App\Services\MessagingServiceClient;
use App\Services\TwilioGateway;
use Illuminate\Http\Client\ConnectionException;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Log;

/** Step 18 of the runbook: the canonical mode switch. */
class SmsController extends Controller
{
    public function __construct(
        private FeatureFlags $flags,
        private MessagingServiceClient $client,
        private CircuitBreaker $breaker,
        private TwilioGateway $twilio,
    ) {
    }

    public function send(Campaign $campaign)
    {
        $tenantId = $campaign->owner_id;
        $campaign_id = $campaign->id;
        $gateway = $campaign->gateway;
        $campaignSMSs = $campaign->messages()->with('phones')->orderBy('id')->get();

        // INVARIANT 2: UUID generated ONCE at entry point
        $messageUuidMap = [];
        $recipientMap = [];
        $sms_built = [];
        foreach ($campaignSMSs as $sms) {
            $uuid = (string) \Str::uuid();
            $messageUuidMap[$sms->id] = $uuid;
            $recipientMap[$uuid] = '+'.$sms->phones->country_code.$sms->phones->phone;
            $sms_built[$uuid] = $sms->sms_built;
        }

        $mode = $this->flags->mode($tenantId);

        // Prevents double-send: the provider cases as they were, in a single callable.
        $legacySend = function () use ($tenantId, $messageUuidMap, $recipientMap, $gateway, $sms_built, $mode) {
            foreach ($messageUuidMap as $uuid) {
                $sid = null;
                $status = 'failed';

                try {
                    switch ($gateway) {
                        case 'twilio':
                            $sid = $this->twilio->send($recipientMap[$uuid], $sms_built[$uuid]);
                            $status = 'accepted';
                    }
                } catch (\Exception $e) {
                    Log::error('SMS_NOT_SENT', ['message_uuid' => $uuid, 'error' => $e->getMessage()]);
                }

                $this->log($tenantId, $uuid, 'legacy', $status, $sid);
                if ($mode === 'OFF' && $status === 'accepted') {
                    EmailSMSLimitRate::where('owner_id', $tenantId)->decrement('sms');
                }
            }
        };

        switch ($mode) {
            case 'OFF':
                $legacySend();

                return back();

            case 'SHADOW':
                $legacySend();
                $this->shadowGoSend($tenantId, $messageUuidMap, $recipientMap, $campaign_id, $gateway, $sms_built);

                return back();

            case 'ON':
                $goResult = $this->attemptGoSend($tenantId, $messageUuidMap, $recipientMap, $campaign_id, $gateway, $sms_built);
                if ($goResult === false) {
                    // Fallback allowed ONLY when Go request:
                    // - times out (>500ms), OR
                    // - returns transport failure, OR
                    // - circuit breaker is OPEN
                    Log::warning('LEGACY_SEND_FALLBACK_ON_MODE', ['tenant_id' => $tenantId]);
                    $legacySend();
                }

                return back();
        }
    }

    private function attemptGoSend($tenantId, $messageUuidMap, $recipientMap, $campaign_id, $gateway, $sms_built): bool
    {
        if ($this->breaker->isOpen()) {
            return false;
        }

        try {
            $messages = $this->messages($messageUuidMap, $recipientMap, $gateway, $sms_built);
            $result = $this->client->sendBatch($tenantId, $messages, $campaign_id);
            $this->breaker->succeeded();
        } catch (ConnectionException $e) {
            $this->breaker->failed();

            return false;
        }

        // INVARIANT 4: Quota decrement only for accepted OR duplicate status
        $accepted = array_filter($result['results'] ?? [], function ($r) {
            return in_array($r['status'] ?? '', ['accepted', 'duplicate']);
        });

        DB::transaction(function () use ($accepted, $result, $tenantId) {
            foreach ($result['results'] ?? [] as $r) {
                $this->log($tenantId, $r['message_uuid'], 'go', $r['status'], $r['provider_message_id'] ?? null);
            }

            $acceptedCount = count($accepted);
            if ($acceptedCount > 0) {
                EmailSMSLimitRate::where('owner_id', $tenantId)->decrement('sms', $acceptedCount);
            }
        });

        return true;
    }

    private function shadowGoSend($tenantId, $messageUuidMap, $recipientMap, $campaign_id, $gateway, $sms_built): void
    {
        try {
            $messages = $this->messages($messageUuidMap, $recipientMap, $gateway, $sms_built);
            $this->client->sendBatch($tenantId, $messages, $campaign_id, true);
        } catch (\Exception $e) {
            Log::warning('SHADOW_SEND_FAILED', ['tenant_id' => $tenantId, 'error' => $e->getMessage()]);
        }
    }

    private function messages($messageUuidMap, $recipientMap, $gateway, $sms_built): array
    {
        return array_map(fn ($uuid) => [
            'message_uuid' => $uuid,
            'recipient' => $recipientMap[$uuid],
            'body' => $sms_built[$uuid],
            'provider' => $gateway,
        ], array_values($messageUuidMap));
    }

    private function log($tenantId, $uuid, $source, $status, $providerMessageId): void
    {
        SmsLog::create([
            'tenant_id' => $tenantId,
            'message_uuid' => $uuid,
            'source' => $source,
            'status' => $status,
            'provider_message_id' => $providerMessageId,
        ]);
    }
}
