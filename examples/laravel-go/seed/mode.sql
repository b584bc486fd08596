INSERT INTO feature_flags (tenant_id, feature_name, mode) VALUES (:tenantId, 'messaging_service', :mode)
ON CONFLICT (tenant_id, feature_name) DO UPDATE SET mode = excluded.mode
