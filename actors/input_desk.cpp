// Lists and pieces of files, straight from the engine room.
#include "actors/input_desk.hpp"

#include "actors/caf_error.hpp"
#include "engine/base/guarded.hpp"

namespace oq::actors {
namespace {

Result<InputList> list(const EngineRoom& room, const store::CalculationRecord& record) {
  OQ_TRY(const auto files, room.shared_files(record));
  if (files.size() > kMostInputs)
    return Error{Errc::unavailable, "the calculation has too many input files", {}};
  InputList out;
  for (const auto& file : files) {
    out.names.push_back(file.name);
    out.sizes.push_back(file.size);
  }
  return out;
}

Result<FilePiece> read(const EngineRoom& room, const store::CalculationRecord& record,
                       const std::string& name, std::uint64_t offset) {
  OQ_TRY(auto bytes, room.read_shared(record, name, offset, kPieceSize));
  return file_piece(std::move(bytes));
}

} // namespace

InputDesk::behavior_type input_desk(InputDesk::pointer, EngineRoomPtr room) {
  return {
    [room](inputs_atom, const RecordPtr& record) -> caf::result<InputList> {
      return to_caf(guarded([&] {
        return list(*room, *record);
      }));
    },
    [room](fetch_atom, const RecordPtr& record, const std::string& name,
           std::uint64_t offset) -> caf::result<FilePiece> {
      return to_caf(guarded([&] {
        return read(*room, *record, name, offset);
      }));
    },
  };
}

} // namespace oq::actors
