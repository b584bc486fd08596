INSERT INTO phones (id, country_code, phone) VALUES (:itemId, substr(:phone, 2, 3), substr(:phone, 5))
