// Downloads: who may have which output, and how each refusal reads.
#include "actors/exporter.hpp"

#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class ExporterTest : public oq::testing::DeterministicActors {
protected:
  void SetUp() override {
    store::CalculationRecord record;
    std::ignore = store.create(record);
    set_status("complete");
    store.tables()->outputs.push_back({.id = 1,
                                       .calculation_id = 1,
                                       .type = "hcurves",
                                       .name = "Hazard Curves",
                                       .formats = {"csv"}});
  }
  void set_status(const char* status) { store.tables()->calculations[0].status = status; }
  oq::testing::RecordingSinkPtr download(std::int64_t output, const std::string& format = "csv",
                                         OutputView view = OutputView::modern,
                                         ContentCoding coding = ContentCoding::identity) {
    const auto sink = new_sink();
    tell(
      spawn_exporter(), download_atom::value,
      Download{.output_id = output, .type = {}, .format = format, .view = view, .coding = coding},
      SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr extract(Extract request) {
    const auto sink = new_sink();
    tell(spawn_exporter(), extract_atom::value, std::move(request), SinkPtr(sink));
    return sink;
  }
  Exporter spawn_exporter() {
    return owned(system().spawn(
      exporter,
      [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
        return std::unique_ptr<store::CalculationStore>(
          std::make_unique<oq::testing::MemoryStore>(store.tables()));
      },
      oq::testing::fake_engine_room(script), ClusterLinksPtr()));
  }

  oq::testing::MemoryStore store;
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
};

TEST_F(ExporterTest, AnswersAFileWithItsNameAndType) {
  const auto sink = download(1, "xml");
  ASSERT_EQ(sink->code(), Errc::none);
  EXPECT_EQ(sink->answer().file->download_name, "output-1-hcurves_1.xml");
  EXPECT_EQ(sink->answer().media_type, MediaType::xml);
  EXPECT_EQ(download(1, "csv")->answer().media_type, MediaType::text);
}

TEST_F(ExporterTest, AnUnknownOutputIsNotFound) {
  EXPECT_EQ(download(99)->code(), Errc::not_found);
}

TEST_F(ExporterTest, OutputsOfADeletedCalculationAreNotFound) {
  set_status("deleted");
  EXPECT_EQ(download(1)->code(), Errc::not_found);
}

TEST_F(ExporterTest, TheSeedShowsOutputsOfCompleteCalculationsOfTheKindOnly) {
  EXPECT_EQ(download(1, "xml", OutputView::seed_hazard)->code(), Errc::none);
  EXPECT_EQ(download(1, "xml", OutputView::seed_risk)->code(), Errc::not_found);
  set_status("failed");
  EXPECT_EQ(download(1, "xml", OutputView::seed_hazard)->code(), Errc::not_found);
  EXPECT_EQ(download(1, "xml")->code(), Errc::none);
}

TEST_F(ExporterTest, AFormatThatNobodyWritesSaysSoInTheKnownWords) {
  script->export_error = Error{Errc::invalid_input, "there is no exporter for it", {}};
  const auto sink = download(1, "zzz");
  EXPECT_EQ(sink->code(), Errc::invalid_input);
  EXPECT_EQ(sink->body(),
            "DataStoreExportError: Could not export hcurves in zzz: there is no exporter for it");
  EXPECT_EQ(sink->answer().media_type, MediaType::text);
}

TEST_F(ExporterTest, TextsComeInTheCodingThatTheClientTakesAndArchivesAsTheyAre) {
  const auto coding_of = [&](const char* format) {
    return download(1, format, OutputView::modern, ContentCoding::zstd)->answer().file->coding;
  };
  EXPECT_EQ(coding_of("csv"), ContentCoding::zstd);
  EXPECT_EQ(coding_of("xml"), ContentCoding::zstd);
  EXPECT_EQ(coding_of("zip"), ContentCoding::identity);
}

TEST_F(ExporterTest, ExtractsAFileOfTheFormThatWasAskedFor) {
  const auto npz = extract({.id = 1, .what = "hcurves", .parameters = {}});
  ASSERT_EQ(npz->code(), Errc::none);
  EXPECT_EQ(npz->answer().media_type, MediaType::npz);
  EXPECT_EQ(npz->answer().file->download_name, "hcurves.npz");
  const auto json =
    extract({.id = 1, .what = "hcurves", .parameters = {}, .form = ExtractForm::json});
  EXPECT_EQ(json->answer().media_type, MediaType::json);
  EXPECT_EQ(json->answer().file->download_name, "");
}

TEST_F(ExporterTest, NothingOfThatNameIsToldWithThePathThatWasAsked) {
  script->extract_error = Error{Errc::invalid_input, "KeyError: nothing", {}};
  const auto sink = extract({.id = 1, .what = "a/b", .parameters = {}});
  EXPECT_EQ(sink->code(), Errc::invalid_input);
  EXPECT_EQ(sink->body(), "KeyError: nothing in /v1/calc/1/extract/a/b\n");
}

TEST_F(ExporterTest, UnknownAndDeletedCalculationsHaveNothingToExtract) {
  EXPECT_EQ(extract({.id = 9, .what = "oqparam", .parameters = {}})->code(), Errc::not_found);
  set_status("deleted");
  EXPECT_EQ(extract({.id = 1, .what = "oqparam", .parameters = {}})->code(), Errc::not_found);
}

TEST_F(ExporterTest, AStoreOrDiskThatRefusesIsUnavailable) {
  script->export_error = Error{Errc::unavailable, "No space left on device", {}};
  EXPECT_EQ(download(1)->code(), Errc::unavailable);
  store.refuse_reads();
  EXPECT_EQ(download(1)->code(), Errc::unavailable);
  EXPECT_EQ(extract({.id = 1, .what = "oqparam", .parameters = {}})->code(), Errc::unavailable);
}

} // namespace
} // namespace oq::actors
