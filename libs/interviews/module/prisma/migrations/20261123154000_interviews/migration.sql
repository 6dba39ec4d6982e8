-- CreateTable
CREATE TABLE "template" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "latest_version" INTEGER NOT NULL,
    "published_version" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template_version" (
    "id" UUID NOT NULL,
    "template_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "questions" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "posting" (
    "posting_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "template_id" UUID,
    "assigned_by" UUID,
    "assigned_at" TIMESTAMPTZ(3),

    CONSTRAINT "posting_pkey" PRIMARY KEY ("posting_id")
);

-- CreateTable
CREATE TABLE "application" (
    "application_id" UUID NOT NULL,
    "entity_version" BIGINT NOT NULL,
    "interview_id" UUID,

    CONSTRAINT "application_pkey" PRIMARY KEY ("application_id")
);

-- CreateTable
CREATE TABLE "interview" (
    "id" UUID NOT NULL,
    "application_id" UUID NOT NULL,
    "posting_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "company_name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "candidate_id" UUID NOT NULL,
    "candidate_name" TEXT NOT NULL,
    "invited_by" UUID,
    "status" TEXT NOT NULL,
    "template_version_id" UUID,
    "token_hash" TEXT,
    "link_expires_at" TIMESTAMPTZ(3),
    "deadline" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "consent" TEXT NOT NULL DEFAULT 'none',
    "consent_version" TEXT,
    "consent_at" TIMESTAMPTZ(3),
    "ai_overall" DOUBLE PRECISION,
    "overall" DOUBLE PRECISION,
    "decision" TEXT,
    "decision_reason" TEXT,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "interview_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "interview_id" UUID NOT NULL,
    "decision" TEXT NOT NULL,
    "text_version" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "answer" (
    "id" UUID NOT NULL,
    "interview_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "analysis" TEXT NOT NULL DEFAULT 'none',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "analyst" TEXT,
    "model" TEXT,
    "prompt_version" TEXT,
    "rubric_version" INTEGER,
    "summary" TEXT,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "amount_usd" DOUBLE PRECISION,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "answer_id" UUID NOT NULL,
    "criterion_id" UUID NOT NULL,
    "weight" INTEGER NOT NULL,
    "score" SMALLINT NOT NULL,
    "rationale" TEXT NOT NULL,
    "quotes" JSONB NOT NULL,
    "dropped_quotes" INTEGER NOT NULL,
    "override_score" SMALLINT,
    "override_reason" TEXT,
    "override_by" UUID,
    "override_at" TIMESTAMPTZ(3),

    CONSTRAINT "score_pkey" PRIMARY KEY ("answer_id","criterion_id")
);

-- CreateTable
CREATE TABLE "scorecard" (
    "interview_id" UUID NOT NULL,
    "reviewer_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "scores" JSONB NOT NULL,
    "notes" TEXT NOT NULL,
    "recommendation" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),

    CONSTRAINT "scorecard_pkey" PRIMARY KEY ("interview_id","reviewer_id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "interview_id" UUID NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "template_company_id_id_idx" ON "template"("company_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "template_version_template_id_number_key" ON "template_version"("template_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "interview_token_hash_key" ON "interview"("token_hash");

-- CreateIndex
CREATE INDEX "interview_company_id_id_idx" ON "interview"("company_id", "id" DESC);

-- CreateIndex
CREATE INDEX "interview_candidate_id_id_idx" ON "interview"("candidate_id", "id" DESC);

-- CreateIndex
CREATE INDEX "interview_posting_id_status_idx" ON "interview"("posting_id", "status");

-- CreateIndex
CREATE INDEX "interview_status_deadline_idx" ON "interview"("status", "deadline");

-- CreateIndex
CREATE INDEX "consent_interview_id_idx" ON "consent"("interview_id");

-- CreateIndex
CREATE UNIQUE INDEX "answer_interview_id_question_id_key" ON "answer"("interview_id", "question_id");

-- CreateIndex
CREATE INDEX "audit_entry_interview_id_id_idx" ON "audit_entry"("interview_id", "id");

-- AddForeignKey
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "template"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "posting" ADD CONSTRAINT "posting_template_id_fkey" FOREIGN KEY ("template_id") REFERENCES "template"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "interview" ADD CONSTRAINT "interview_template_version_id_fkey" FOREIGN KEY ("template_version_id") REFERENCES "template_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "answer" ADD CONSTRAINT "answer_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scorecard" ADD CONSTRAINT "scorecard_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The audit trail only grows. A consent record never changes; it goes only with its interview.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER "audit_entry_append_only" BEFORE UPDATE OR DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "audit_entry_no_truncate" BEFORE TRUNCATE ON "audit_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "consent_unchanged" BEFORE UPDATE ON "consent"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
