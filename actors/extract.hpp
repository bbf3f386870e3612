// What a client wants of a calculation's datastore, and the codings in which it takes a file.
#pragma once

#include <caf/allowed_unsafe_message_type.hpp>
#include <caf/atom.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace oq::actors {

// How a text may be packed for its way; what is packed already stays as it is.
enum class ContentCoding : std::uint8_t { identity, gzip, zstd };

enum class ExtractForm : std::uint8_t { npz, json };

// GET :id/extract/WHAT. not_found: unknown calculation, or it has no results; invalid_input: no
// such name, or a parameter that means nothing; the answer's body says so as clients expect it.
struct Extract {
  std::int64_t id = 0;
  std::string what; // letters, digits, '_', '-', '.' and '/'
  std::vector<std::pair<std::string, std::string>> parameters;
  ExtractForm form = ExtractForm::npz;
  bool from_peer = false; // asked by another node: answered from here, and not passed on
  ContentCoding coding = ContentCoding::identity; // the best that the client takes
};

using extract_atom = caf::atom_constant<caf::atom("extract")>;

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Extract)
