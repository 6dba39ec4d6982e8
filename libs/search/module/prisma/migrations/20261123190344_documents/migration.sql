-- CreateTable
CREATE TABLE "posting" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "rank" BIGINT NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "pay_currency" TEXT,
    "pay_period" TEXT,
    "pay_max" INTEGER,
    "body" TEXT NOT NULL DEFAULT '',
    "facets" TEXT NOT NULL DEFAULT '',
    "shown" JSONB,
    "keywords" tsvector NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
    "id" UUID NOT NULL,
    "audience" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "rank" BIGINT NOT NULL DEFAULT 0,
    "facets" TEXT NOT NULL DEFAULT '',
    "shown" JSONB,
    "keywords" tsvector NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id","audience")
);

-- CreateTable
CREATE TABLE "block" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "version" BIGINT NOT NULL,
    "stands" BOOLEAN NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

-- CreateTable
CREATE TABLE "term" (
    "scope" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "lexeme" TEXT NOT NULL,
    "docs" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "term_pkey" PRIMARY KEY ("scope","kind","key")
);

-- CreateTable
CREATE TABLE "index_state" (
    "name" TEXT NOT NULL,
    "built_at" TIMESTAMPTZ(3),
    "analysis" INTEGER NOT NULL DEFAULT 0,
    "building" BOOLEAN NOT NULL DEFAULT false,
    "cursor" TEXT,
    "copied" INTEGER NOT NULL DEFAULT 0,
    "drift" JSONB,

    CONSTRAINT "index_state_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "posting_word" (
    "lexeme" TEXT NOT NULL,
    "rank" BIGINT NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "posting_word_pkey" PRIMARY KEY ("lexeme","rank","id")
);

-- CreateTable
CREATE TABLE "person_word" (
    "lexeme" TEXT NOT NULL,
    "rank" BIGINT NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "person_word_pkey" PRIMARY KEY ("lexeme","rank","id")
);

-- CreateTable
CREATE TABLE "lexeme_count" (
    "scope" TEXT NOT NULL,
    "lexeme" TEXT NOT NULL,
    "docs" INTEGER NOT NULL,

    CONSTRAINT "lexeme_count_pkey" PRIMARY KEY ("scope","lexeme")
);

-- By hand, what Prisma cannot express.

-- Provisioning has created it already: this is for a database that is filled without it.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

-- A search reads many narrow rows and shows a few: what is wide lives beside the row, what is compared within it.
ALTER TABLE "posting"
    ALTER COLUMN "shown" SET STORAGE EXTENDED,
    ALTER COLUMN "words" SET STORAGE EXTERNAL,
    ALTER COLUMN "keywords" SET STORAGE MAIN,
    ALTER COLUMN "facets" SET STORAGE MAIN,
    SET (toast_tuple_target = 256);
ALTER TABLE "person"
    ALTER COLUMN "shown" SET STORAGE EXTENDED,
    ALTER COLUMN "words" SET STORAGE EXTERNAL,
    ALTER COLUMN "keywords" SET STORAGE MAIN,
    ALTER COLUMN "facets" SET STORAGE MAIN,
    SET (toast_tuple_target = 256);

CREATE INDEX "posting_words_idx" ON "posting" USING gin ("words") WITH (fastupdate = off) WHERE "listed";
CREATE INDEX "posting_rank_idx" ON "posting" ("rank" DESC, "id" DESC) WHERE "listed";

-- One index per audience: neither search reads what the other may see.
CREATE INDEX "person_members_words_idx" ON "person" USING gin ("words") WITH (fastupdate = off)
    WHERE "listed" AND "audience" = 'members';
CREATE INDEX "person_public_words_idx" ON "person" USING gin ("words") WITH (fastupdate = off)
    WHERE "listed" AND "audience" = 'public';
CREATE INDEX "person_members_rank_idx" ON "person" ("rank" DESC, "id" DESC)
    WHERE "listed" AND "audience" = 'members';
CREATE INDEX "person_public_rank_idx" ON "person" ("rank" DESC, "id" DESC)
    WHERE "listed" AND "audience" = 'public';

CREATE INDEX "block_blocked_id_idx" ON "block" ("blocked_id") WHERE "stands";

-- Words and phrases are looked up apart: the trigrams of a common word stand in thousands of phrases. Without a list of
-- what is pending: each look would read all of it.
CREATE INDEX "term_word_spelling_idx" ON "term" USING gin ("key" public.gin_trgm_ops) WITH (fastupdate = off)
    WHERE "kind" = 'word';
CREATE INDEX "term_phrase_spelling_idx" ON "term" USING gin ("key" public.gin_trgm_ops) WITH (fastupdate = off)
    WHERE "kind" <> 'word';
CREATE INDEX "term_lexeme_idx" ON "term" ("scope", "lexeme") WHERE "kind" = 'word';

-- Lists the lexemes that stand for title (^) and keywords (~) of each document written to <table> in <table>_word. The
-- argument: an expression that tells apart documents of one table which are searched apart.
CREATE FUNCTION "list_words"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    "list" text := TG_TABLE_NAME || '_word';
    "scope" text := coalesce(TG_ARGV[0], quote_literal(''));
    "marked" text := $q$ unnest(tsvector_to_array(keywords)) AS marked (lexeme) WHERE marked.lexeme ~ '^[~^]' $q$;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        EXECUTE format('DELETE FROM %I w USING (SELECT %s || marked.lexeme AS lexeme, rank, id FROM before, %s) gone
            WHERE (w.lexeme, w.rank, w.id) = (gone.lexeme, gone.rank, gone.id)', "list", "scope", "marked");
    END IF;
    EXECUTE format('INSERT INTO %I (lexeme, rank, id) SELECT %s || marked.lexeme, rank, id FROM after, %s AND listed
        ON CONFLICT DO NOTHING', "list", "scope", "marked");
    RETURN NULL;
END $$;

CREATE TRIGGER "list_inserted" AFTER INSERT ON "posting" REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "list_words"();
CREATE TRIGGER "list_updated" AFTER UPDATE ON "posting" REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "list_words"();
CREATE TRIGGER "list_inserted" AFTER INSERT ON "person" REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "list_words"('left(audience, 1)');
CREATE TRIGGER "list_updated" AFTER UPDATE ON "person" REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION "list_words"('left(audience, 1)');
