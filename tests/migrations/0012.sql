INSERT INTO data_key (name, since) VALUES ('0a1b2c3d4e5f', 1795420800000000);
