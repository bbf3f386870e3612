// Verdicts on what might be submitted, in the words of the validating endpoints.
#include "actors/inspector.hpp"

#include "support/deterministic_actors.hpp"

namespace oq::actors {
namespace {

TEST(Verdict, OfWhatIsValidHasNoMessage) {
  EXPECT_EQ(verdict_text({}), R"({"error_msg": null, "error_line": null, "valid": true})");
}

TEST(Verdict, NamesTheLineOfTheError) {
  EXPECT_EQ(
    verdict_text(invalid_input("\"x7.0\" is not a number", "xml_text.xml:5")),
    R"({"error_msg": "xml_text.xml:5: \"x7.0\" is not a number", "error_line": 5, "valid": false})");
}

TEST(Verdict, HasNoLineWhenTheErrorHasNone) {
  EXPECT_EQ(
    verdict_text(invalid_input("the file is not a zip archive", "job:zip")),
    R"({"error_msg": "job:zip: the file is not a zip archive", "error_line": null, "valid": false})");
}

class InspectorTest : public oq::testing::DeterministicActors {
protected:
  oq::testing::RecordingSinkPtr inspect(Inspection inspection) {
    const auto sink = new_sink();
    const auto to = owned(system().spawn(inspector, EngineRoomPtr(room)));
    tell(to, inspect_atom::value,
         InspectionPtr(std::make_shared<const Inspection>(std::move(inspection))), SinkPtr(sink));
    return sink;
  }
  Inspection job() {
    Inspection inspection;
    inspection.kind = Inspection::Kind::job;
    inspection.submission = std::make_shared<const Submission>();
    return inspection;
  }
  std::shared_ptr<EngineRoom> room = std::make_shared<EngineRoom>();
};

TEST_F(InspectorTest, PassesADocumentToItsReader) {
  room->check_nrml = [](const std::string& text) -> Result<void> {
    return invalid_input(text, "a:3");
  };
  Inspection inspection;
  inspection.text = "<nrml/>";
  EXPECT_EQ(inspect(std::move(inspection))->body(),
            R"({"error_msg": "a:3: <nrml/>", "error_line": 3, "valid": false})");
}

TEST_F(InspectorTest, AFullDiskIsNoVerdict) {
  room->check_job = [](const Submission&) -> Result<void> {
    return Error{Errc::unavailable, "No space left on device", {}};
  };
  EXPECT_EQ(inspect(job())->code(), Errc::unavailable);
}

TEST_F(InspectorTest, TellsWhetherAFileIsTheClientsToo) {
  room->has_file = [](const std::string& path, std::uint32_t checksum) {
    return path == "/mnt/x" && checksum == 7;
  };
  Inspection inspection;
  inspection.kind = Inspection::Kind::same_file;
  inspection.text = "/mnt/x";
  inspection.checksum = 7;
  EXPECT_EQ(inspect(inspection)->body(), R"({"success": true})");
  inspection.checksum = 8;
  EXPECT_EQ(inspect(inspection)->body(), R"({"success": false})");
}

} // namespace
} // namespace oq::actors
