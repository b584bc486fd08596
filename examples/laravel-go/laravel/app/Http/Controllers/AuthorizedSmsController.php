<?php

namespace App\Http\Controllers;

use App\Authority\CampaignEntry;
use App\Authority\Dispatcher;
use App\Models\Campaign;

/** Sends a campaign after the repair. */
class AuthorizedSmsController extends Controller
{
    public function send(Campaign $campaign, CampaignEntry $entry, Dispatcher $dispatcher)
    {
        foreach ($entry->open($campaign)->groupBy('mode') as $mode => $messages) {
            $dispatcher->dispatch($mode, $messages);
        }

        return back();
    }
}
