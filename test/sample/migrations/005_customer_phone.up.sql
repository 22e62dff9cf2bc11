ALTER TABLE customers ADD COLUMN phone varchar(30) NOT NULL;
ALTER TABLE products DROP COLUMN available_from;
