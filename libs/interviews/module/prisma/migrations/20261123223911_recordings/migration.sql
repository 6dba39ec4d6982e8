-- AlterTable
ALTER TABLE "template_version" ADD COLUMN     "practice" JSONB;

-- CreateTable
CREATE TABLE "accommodation" (
    "interview_id" UUID NOT NULL,
    "time_factor" DOUBLE PRECISION NOT NULL,
    "in_writing" BOOLEAN NOT NULL,
    "human_process" BOOLEAN NOT NULL,
    "note" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accommodation_pkey" PRIMARY KEY ("interview_id")
);

-- CreateTable
CREATE TABLE "shown_question" (
    "interview_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shown_question_pkey" PRIMARY KEY ("interview_id","question_id")
);

-- CreateTable
CREATE TABLE "take" (
    "id" UUID NOT NULL,
    "interview_id" UUID NOT NULL,
    "question_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "mode" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "seconds" DOUBLE PRECISION,
    "reason" TEXT,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "take_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transcript" (
    "answer_id" UUID NOT NULL,
    "file_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "engine_version" TEXT NOT NULL,
    "confidence" DOUBLE PRECISION,
    "words" JSONB NOT NULL,
    "voice" JSONB NOT NULL,
    "refusal_code" TEXT,
    "refusal_reason" TEXT,
    "measures" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transcript_pkey" PRIMARY KEY ("answer_id")
);

-- CreateTable
CREATE TABLE "analysis_step" (
    "answer_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "analysis_step_pkey" PRIMARY KEY ("answer_id","step")
);

-- CreateIndex
CREATE UNIQUE INDEX "take_file_id_key" ON "take"("file_id");

-- CreateIndex
CREATE UNIQUE INDEX "take_interview_id_question_id_number_key" ON "take"("interview_id", "question_id", "number");

-- AddForeignKey
ALTER TABLE "accommodation" ADD CONSTRAINT "accommodation_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shown_question" ADD CONSTRAINT "shown_question_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "take" ADD CONSTRAINT "take_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transcript" ADD CONSTRAINT "transcript_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "analysis_step" ADD CONSTRAINT "analysis_step_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "answer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
