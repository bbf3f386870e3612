// TreeFolder: a small job with logic trees that a test can change.
#pragma once

#include "engine/job/job_folder.hpp"
#include "engine/logictree/read_logic_tree.hpp"

#include <string>
#include <utility>
#include <vector>

namespace oq::engine::testing {

// (branch id, model, weight)
struct BranchText {
  std::string id, model, weight;
};

// `attributes` follow branchSetID, which is that of the first branch after "bs-"; every branch
// takes four lines.
inline std::string branch_set(const std::string& attributes, const std::vector<BranchText>& all) {
  const std::string first = all.empty() ? "" : all.front().id;
  std::string text = "<logicTreeBranchSet branchSetID=\"bs-" + first + "\" " + attributes + ">\n";
  for (const auto& [id, model, weight] : all)
    text += "<logicTreeBranch branchID=\"" + id + "\">\n<uncertaintyModel>" + model
            + "</uncertaintyModel>\n<uncertaintyWeight>" + weight
            + "</uncertaintyWeight>\n</logicTreeBranch>\n";
  return text + "</logicTreeBranchSet>\n";
}

inline std::string source(const std::string& id, const std::string& region) {
  return "<pointSource id=\"" + id + "\" tectonicRegion=\"" + region
         + "\"><pointGeometry><Point><pos>0 0</pos></Point><upperSeismoDepth>0</upperSeismoDepth>"
           "<lowerSeismoDepth>10</lowerSeismoDepth></pointGeometry><magScaleRel>WC1994</"
           "magScaleRel>"
           "<ruptAspectRatio>1</ruptAspectRatio><incrementalMFD minMag=\"5\" binWidth=\"1\">"
           "<occurRates>0.1</occurRates></incrementalMFD><nodalPlaneDist><nodalPlane "
           "probability=\"1\" strike=\"0\" dip=\"90\" rake=\"0\"/></nodalPlaneDist><hypoDepthDist>"
           "<hypoDepth probability=\"1\" depth=\"5\"/></hypoDepthDist></pointSource>";
}

class TreeFolder : public SmallJobFolder {
public:
  TreeFolder() {
    model("volcanic.xml", source("1", "Volcanic"));
    model("both.xml", source("1", "Volcanic") + source("2", "Stable"));
    sources(branch_set("uncertaintyType=\"sourceModel\"", {{"b1", "both.xml", "1"}}));
    gsims(branch_set("uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Volcanic\"",
                     {{"v1", "SadighEtAl1997", "0.6"}, {"v2", "BooreAtkinson2008", "0.4"}})
          + branch_set("uncertaintyType=\"gmpeModel\" applyToTectonicRegionType=\"Stable\"",
                       {{"s1", "SadighEtAl1997", "1"}}));
  }
  void model(const std::string& name, const std::string& all) const {
    write(name, "<nrml><sourceModel>\n" + all + "</sourceModel></nrml>");
  }
  // The branch sets begin on line 2.
  void sources(const std::string& sets) const { tree("ssmlt.xml", sets); }
  void gsims(const std::string& sets) const { tree("gmmlt.xml", sets); }
  Result<FullLogicTree> read_tree(const std::string& line = "", bool confined = false) const {
    auto job = read_with(line, {.confine_to = confined ? path() : std::filesystem::path()});
    if (!job)
      return job.error();
    return read_logic_tree(*job);
  }

private:
  void tree(const std::string& name, const std::string& sets) const {
    write(name, "<nrml><logicTree>\n" + sets + "</logicTree></nrml>");
  }
};

} // namespace oq::engine::testing
