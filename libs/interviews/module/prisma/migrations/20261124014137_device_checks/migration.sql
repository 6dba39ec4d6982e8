-- CreateTable
CREATE TABLE "device_check" (
    "id" UUID NOT NULL,
    "interview_id" UUID NOT NULL,
    "mode" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "findings" JSONB,
    "reason" TEXT,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "device_check_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "device_check_file_id_key" ON "device_check"("file_id");

-- CreateIndex
CREATE INDEX "device_check_interview_id_idx" ON "device_check"("interview_id");

-- CreateIndex
CREATE INDEX "device_check_begun_at_idx" ON "device_check"("begun_at");

-- AddForeignKey
ALTER TABLE "device_check" ADD CONSTRAINT "device_check_interview_id_fkey" FOREIGN KEY ("interview_id") REFERENCES "interview"("id") ON DELETE CASCADE ON UPDATE CASCADE;
