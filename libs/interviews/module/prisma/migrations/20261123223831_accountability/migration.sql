-- AlterTable
ALTER TABLE "interview" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "human_review" (
    "interview_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT,
    "explanation" TEXT,
    "resolved_by" UUID,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "human_review_pkey" PRIMARY KEY ("interview_id")
);

-- CreateTable
CREATE TABLE "self_identification" (
    "interview_id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "sex" TEXT NOT NULL,
    "ethnicity" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "self_identification_pkey" PRIMARY KEY ("interview_id")
);

-- CreateTable
CREATE TABLE "retention_setting" (
    "id" UUID NOT NULL,
    "company_id" UUID NOT NULL,
    "days" INTEGER NOT NULL,
    "set_by" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "retention_setting_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "human_review_company_id_interview_id_idx" ON "human_review"("company_id", "interview_id" DESC);

-- CreateIndex
CREATE INDEX "self_identification_company_id_idx" ON "self_identification"("company_id");

-- CreateIndex
CREATE INDEX "retention_setting_company_id_id_idx" ON "retention_setting"("company_id", "id" DESC);

-- CreateIndex
CREATE INDEX "interview_company_id_decided_at_idx" ON "interview"("company_id", "decided_at");

-- AddForeignKey
ALTER TABLE "human_review" ADD CONSTRAINT "human_review_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER "retention_setting_append_only" BEFORE UPDATE OR DELETE ON "retention_setting"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

-- The trail still only grows, with one exception: of an erased interview, entries lose who the candidate was and what
-- was written freely about them (`reason`). Nothing else of an entry can change.
CREATE FUNCTION "refuse_change_but_erasure"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  nobody CONSTANT text := '00000000-0000-0000-0000-000000000000';
  candidate text;
BEGIN
  EXECUTE format('SELECT candidate_id::text FROM %I.interview WHERE id = $1 AND erased_at IS NOT NULL', TG_TABLE_SCHEMA)
    INTO candidate USING OLD.interview_id;
  IF candidate IS NULL
    OR (NEW.id, NEW.interview_id, NEW.actor_kind, NEW.action, NEW.at)
      IS DISTINCT FROM (OLD.id, OLD.interview_id, OLD.actor_kind, OLD.action, OLD.at)
    OR NEW.before IS DISTINCT FROM OLD.before - 'reason'
    OR NEW.after IS DISTINCT FROM OLD.after - 'reason'
    OR NEW.actor_id <>
      (CASE WHEN OLD.actor_kind = 'candidate' OR OLD.actor_id = candidate THEN nobody ELSE OLD.actor_id END)
  THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$;

DROP TRIGGER "audit_entry_append_only" ON "audit_entry";

CREATE TRIGGER "audit_entry_append_only" BEFORE DELETE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "audit_entry_only_forgets" BEFORE UPDATE ON "audit_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_erasure"();
