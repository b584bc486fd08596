<?php

namespace App\Services;

use App\Models\FeatureFlag;
use Illuminate\Support\Facades\Cache;

class FeatureFlags
{
    private const SECONDS = 60;

    /** The mode flagged for a tenant, from the cache; OFF without a flag. */
    public function mode(int $tenantId): string
    {
        $mode = Cache::get($this->key($tenantId));

        if ($mode === null) {
            // `add` does not overwrite: a slow reader must not replace a newer mode with the old one.
            Cache::add($this->key($tenantId), $this->stored($tenantId), self::SECONDS);
            $mode = Cache::get($this->key($tenantId)) ?? $this->stored($tenantId);
        }

        return $mode;
    }

    /** Reads the mode into the cache. Call it after each change of a flag. */
    public function refresh(int $tenantId): string
    {
        $mode = $this->stored($tenantId);
        Cache::put($this->key($tenantId), $mode, self::SECONDS);

        return $mode;
    }

    private function stored(int $tenantId): string
    {
        return FeatureFlag::where('tenant_id', $tenantId)
            ->where('feature_name', 'messaging_service')
            ->value('mode') ?? 'OFF';
    }

    private function key(int $tenantId): string
    {
        return "feature_flag:messaging_service:tenant:{$tenantId}";
    }
}
