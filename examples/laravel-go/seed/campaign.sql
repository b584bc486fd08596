INSERT INTO campaigns (id, owner_id) VALUES (:campaignId, :tenantId) ON CONFLICT DO NOTHING
