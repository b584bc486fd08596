<?php

namespace App\Services;

use App\Models\FeatureFlag;
use Illuminate\Support\Facades\Cache;

class FeatureFlags
{
    private const SECONDS = 60;

    /** The mode that is flagged for a tenant, from the cache. */
    public function mode(int $tenantId): string
    {
        $mode = Cache::get($this->key($tenantId));

        if ($mode === null) {
            // `add`, so that a slow reader never puts the old mode over one that was refreshed meanwhile.
            Cache::add($this->key($tenantId), $this->stored($tenantId), self::SECONDS);
            $mode = Cache::get($this->key($tenantId)) ?? $this->stored($tenantId);
        }

        return $mode;
    }

    /** To be called after each change of a flag. */
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
