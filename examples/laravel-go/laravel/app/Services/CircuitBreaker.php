<?php

namespace App\Services;

use Illuminate\Support\Facades\Cache;

/** Opens after a number of failures, and closes again after a number of seconds. */
class CircuitBreaker
{
    private string $name = 'live';

    /** The breaker of rehearsals, which must not stop real messages. */
    public function forRehearsals(): static
    {
        $other = clone $this;
        $other->name = 'rehearsal';

        return $other;
    }

    public function isOpen(): bool
    {
        return Cache::get($this->key('open'), 0) > microtime(true);
    }

    public function succeeded(): void
    {
        Cache::forget($this->key('failures'));
    }

    public function failed(): void
    {
        $settings = config('services.messaging.breaker');
        Cache::add($this->key('failures'), 0, $settings['window_seconds']);

        if (Cache::increment($this->key('failures')) >= $settings['failures']) {
            $this->open();
        }
    }

    public function open(): void
    {
        $seconds = config('services.messaging.breaker.open_seconds');
        // One second more: the cache counts whole seconds, and can drop an entry up to a second too early.
        Cache::put($this->key('open'), microtime(true) + $seconds, $seconds + 1);
        Cache::forget($this->key('failures'));
    }

    public function close(): void
    {
        Cache::forget($this->key('open'));
        Cache::forget($this->key('failures'));
    }

    private function key(string $of): string
    {
        return "messaging_breaker:{$this->name}:{$of}";
    }
}
