INSERT INTO email_s_m_s_limit_rates (owner_id, sms) VALUES (:tenantId, :quota)
