-- AlterTable
ALTER TABLE "announcement" ADD COLUMN     "about_id" UUID;

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "about_id" UUID;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "about_id" UUID;

-- AlterTable
ALTER TABLE "recipient" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "announcement_about_id_idx" ON "announcement"("about_id");

-- CreateIndex
CREATE INDEX "mail_about_id_idx" ON "mail"("about_id");

-- CreateIndex
CREATE INDEX "notification_about_id_idx" ON "notification"("about_id");
