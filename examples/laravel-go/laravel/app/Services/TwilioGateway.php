<?php

namespace App\Services;

use Illuminate\Support\Facades\Http;

class TwilioGateway
{
    /** Sends a text message and returns its sid. Throws if Twilio does not accept it. */
    public function send(string $to, string $body): string
    {
        $twilio = config('services.twilio');

        return Http::asForm()
            ->withBasicAuth($twilio['sid'], $twilio['token'])
            ->timeout(1)
            ->post("{$twilio['url']}/2010-04-01/Accounts/{$twilio['sid']}/Messages.json", [
                'To' => $to,
                'From' => $twilio['from'],
                'Body' => $body,
            ])
            ->throw()
            ->json('sid');
    }
}
