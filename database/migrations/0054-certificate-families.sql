-- Acts are signed in four families: p256, rsa, sm2 and passkey (formats/act-signature.ts).
ALTER TABLE identity.certificate ADD COLUMN family text NOT NULL DEFAULT 'p256';
