INSERT INTO campaign_s_m_s (id, campaign_id, phone_id, sms_built, recipient) VALUES (:itemId, :campaignId, :itemId, :body, :phone)
