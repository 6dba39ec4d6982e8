-- CreateTable
CREATE TABLE "company" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "company_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "location" TEXT NOT NULL,
    "workplace" TEXT NOT NULL,
    "employment" TEXT NOT NULL,
    "skills" TEXT[],
    "pay_currency" TEXT,
    "pay_min" INTEGER,
    "pay_max" INTEGER,
    "pay_period" TEXT,
    "questions" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "posting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "application" (
    "id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "candidate_id" UUID NOT NULL,
    "candidate_name" TEXT NOT NULL,
    "headline" TEXT,
    "location" TEXT,
    "cover_letter" TEXT,
    "answers" JSONB NOT NULL,
    "consider_for_others" BOOLEAN NOT NULL,
    "stage" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "rejection_reason" TEXT,
    "rejection_message" TEXT,
    "applied_at" TIMESTAMPTZ(3) NOT NULL,
    "stage_changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stage_change" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "from_stage" TEXT,
    "to_stage" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stage_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "note" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "posting_company_id_id_idx" ON "posting"("company_id", "id" DESC);

-- CreateIndex
CREATE INDEX "application_posting_id_id_idx" ON "application"("posting_id", "id" DESC);

-- CreateIndex
CREATE INDEX "application_posting_id_stage_id_idx" ON "application"("posting_id", "stage", "id" DESC);

-- CreateIndex
CREATE INDEX "application_candidate_id_id_idx" ON "application"("candidate_id", "id" DESC);

-- CreateIndex
CREATE INDEX "stage_change_application_id_id_idx" ON "stage_change"("application_id", "id");

-- CreateIndex
CREATE INDEX "note_application_id_id_idx" ON "note"("application_id", "id" DESC);

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "application" ADD CONSTRAINT "application_posting_id_fkey" FOREIGN KEY ("posting_id") REFERENCES "posting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stage_change" ADD CONSTRAINT "stage_change_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "note" ADD CONSTRAINT "note_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "application"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

ALTER TABLE "posting" ADD CONSTRAINT "posting_pay_ordered" CHECK (pay_min <= pay_max);
ALTER TABLE "posting" ADD CONSTRAINT "posting_state_known" CHECK (state IN ('draft', 'published', 'expired', 'closed'));
ALTER TABLE "posting" ADD CONSTRAINT "posting_published_is_dated"
  CHECK (state <> 'published' OR (published_at IS NOT NULL AND expires_at IS NOT NULL));
ALTER TABLE "application" ADD CONSTRAINT "application_stage_known"
  CHECK (stage IN ('applied', 'screening', 'interview', 'offer', 'hired', 'rejected', 'withdrawn'));

-- The board: newest first, and who is due to expire.
CREATE INDEX "posting_board" ON "posting" ("published_at" DESC, "id" DESC) WHERE state = 'published';
CREATE INDEX "posting_company_board" ON "posting" ("company_id", "published_at" DESC, "id" DESC) WHERE state = 'published';
CREATE INDEX "posting_due" ON "posting" ("expires_at") WHERE state = 'published';

-- array_to_string is only STABLE because of types whose text depends on settings; text itself is not one. The cost
-- (in cpu_operator_cost) keeps the planner on the index: parsing a long description takes about a millisecond.
CREATE FUNCTION "posting_words" (title text, description text, location text, skills text[]) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
  AS $$ SELECT to_tsvector('simple', title || ' ' || location || ' ' || array_to_string(skills, ' ') || ' ' || description) $$;
CREATE INDEX "posting_board_words" ON "posting" USING gin ("posting_words"(title, description, location, skills))
  WHERE state = 'published';

-- Nobody applies twice; whoever has withdrawn may apply again.
CREATE UNIQUE INDEX "application_one_open" ON "application" ("posting_id", "candidate_id") WHERE stage <> 'withdrawn';

CREATE FUNCTION "stage_change_is_append_only" () RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.note IS NULL AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the stage history is append-only';
END $$;
CREATE TRIGGER "stage_change_append_only" BEFORE UPDATE OR DELETE ON "stage_change"
  FOR EACH ROW EXECUTE FUNCTION "stage_change_is_append_only" ();
