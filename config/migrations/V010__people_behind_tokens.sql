-- Two-person rules compare people, not tokens: a token names the natural person who holds it by an
-- opaque id, and for whom that person acts. Tokens issued before have neither; each of them counts
-- as a person of its own, on the side of its role.
ALTER TABLE token ADD COLUMN subject TEXT CHECK (length(subject) BETWEEN 1 AND 64);
ALTER TABLE token ADD COLUMN side TEXT;
