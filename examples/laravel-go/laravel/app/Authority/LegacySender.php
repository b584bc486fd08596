<?php

namespace App\Authority;

use App\Models\CampaignSMS;
use GuzzleHttp\Exception\ConnectException;
use Illuminate\Http\Client\Pool;
use Illuminate\Http\Client\Response;
use Illuminate\Support\Collection;
use Illuminate\Support\Facades\Http;
use Illuminate\Support\Facades\Log;

/** The application's own sender. It sends only messages that the authority grants it, each once, a few at a time. */
class LegacySender
{
    private const AT_ONCE = 8;

    public function __construct(private SendAuthority $authority)
    {
    }

    public function send(Collection $messages, ?string $cause = null): void
    {
        foreach ($messages->chunk(self::AT_ONCE) as $chunk) {
            $epochs = [];
            foreach ($chunk as $message) {
                $epochs[$message->message_uuid] = $this->authority->obtain($message);
            }

            $granted = $chunk->filter(fn ($message) => $epochs[$message->message_uuid] !== null);
            if ($cause !== null) {
                foreach ($granted as $message) {
                    Log::warning('LEGACY_SEND_FALLBACK_ON_MODE', ['message_uuid' => $message->message_uuid, 'cause' => $cause]);
                }
            }

            $answers = $this->post($granted);
            foreach ($granted as $message) {
                $uuid = $message->message_uuid;
                $this->record($message, $epochs[$uuid], $answers[$uuid] ?? null);
            }
        }
    }

    /** Sends the messages in parallel; returns the answer or the exception for each, by uuid. */
    private function post(Collection $messages): array
    {
        if ($messages->isEmpty()) {
            return [];
        }

        $twilio = config('services.twilio');
        $url = "{$twilio['url']}/2010-04-01/Accounts/{$twilio['sid']}/Messages.json";

        return Http::pool(fn (Pool $pool) => $messages->map(
            fn ($message) => $pool->as($message->message_uuid)
                ->asForm()
                ->withBasicAuth($twilio['sid'], $twilio['token'])
                ->withOptions(ServiceClient::ONCE + ['timeout' => 1])
                ->post($url, ['To' => $message->recipient, 'From' => $twilio['from'], 'Body' => $message->sms_built])
        )->all());
    }

    private function record(CampaignSMS $message, int $epoch, mixed $answer): void
    {
        // Laravel 8 gives a Response without content if no answer came.
        $status = $answer instanceof Response && $answer->toPsrResponse() !== null ? $answer->status() : 0;
        $sid = $status === 201 ? $answer->json('sid') : null;
        $isRefused = $answer instanceof ConnectException
            && ($answer->getHandlerContext()['errno'] ?? null) === CURLE_COULDNT_CONNECT;

        if (is_string($sid) && $sid !== '') {
            $this->authority->settle($message, $epoch, 'SENT', $sid);
        } elseif ($isRefused || ($status >= 400 && $status < 500)) {
            $this->authority->settle($message, $epoch, 'NOT_SENT');
        } else {
            $this->authority->settle($message, $epoch, 'UNKNOWN');
        }
    }
}
