"""Classical jobs of known sizes, made from a few numbers: an area, a simple and a complex fault, a logic tree."""

REGION = "Active Shallow Crust"
PERIODS = ("0.025", "0.05", "0.1", "0.2", "0.5", "1.0", "2.0")

JOB = """[general]
description = {description}
calculation_mode = classical
random_seed = 23
[geometry]
region = {region}
region_grid_spacing = {spacing}
[erf]
rupture_mesh_spacing = {mesh}
complex_fault_mesh_spacing = {complex_mesh}
width_of_mfd_bin = 0.2
area_source_discretization = 10
[site_params]
reference_vs30_type = measured
reference_vs30_value = 600
reference_depth_to_2pt5km_per_sec = 5
reference_depth_to_1pt0km_per_sec = 100
[calculation]
source_model_logic_tree_file = source_model_logic_tree.xml
gsim_logic_tree_file = gsim_logic_tree.xml
investigation_time = 50
intensity_measure_types_and_levels = {{{levels}}}
truncation_level = 3
maximum_distance = 200
[output]
mean = true
individual_rlzs = false
hazard_maps = true
uniform_hazard_spectra = true
poes = 0.1 0.02
"""

HEAD = """<?xml version="1.0" encoding="utf-8"?>
<nrml xmlns:gml="http://www.opengis.net/gml" xmlns="http://openquake.org/xmlns/nrml/0.5">
"""
TAIL = "</nrml>\n"


def levels(imts, count):
    return ", ".join(f'"{imt}": logscale(0.005, 2.13, {count})' for imt in imts)


def spectral(*others):
    return (*others, *(f"SA({period})" for period in PERIODS))


def truncated(a, b, low, high):
    return f'<truncGutenbergRichterMFD aValue="{a}" bValue="{b}" minMag="{low}" maxMag="{high}"/>'


def source(kind, name, geometry, mfd, rest, region=REGION):
    return (f'<{kind} id="{name}" name="{name}" tectonicRegion="{region}">{geometry}'
            f"<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1.5</ruptAspectRatio>{mfd}{rest}</{kind}>\n")


def area(name, ring, mfd, region=REGION):
    geometry = ("<areaGeometry><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>" + ring +
                "</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
                "<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>12</lowerSeismoDepth></areaGeometry>")
    rest = ('<nodalPlaneDist><nodalPlane probability="1" strike="20" dip="80" rake="0"/></nodalPlaneDist>'
            '<hypoDepthDist><hypoDepth probability="1" depth="6"/></hypoDepthDist>')
    return source("areaSource", name, geometry, mfd, rest, region)


def simple_fault(name, trace, mfd, region=REGION):
    geometry = ("<simpleFaultGeometry><gml:LineString><gml:posList>" + trace + "</gml:posList></gml:LineString>"
                "<dip>50</dip><upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>18</lowerSeismoDepth>"
                "</simpleFaultGeometry>")
    return source("simpleFaultSource", name, geometry, mfd, "<rake>90</rake>", region)


def complex_fault(name, edges, mfd, region=REGION):
    kinds = ("faultTopEdge", "intermediateEdge", "faultBottomEdge")
    geometry = "".join(f"<{kind}><gml:LineString><gml:posList>{edge}</gml:posList></gml:LineString></{kind}>"
                       for kind, edge in zip(kinds, edges))
    return source("complexFaultSource", name, f"<complexFaultGeometry>{geometry}</complexFaultGeometry>", mfd,
                  "<rake>90</rake>", region)


def branch_set(name, kind, branches, attributes=""):
    text = "".join(f'<logicTreeBranch branchID="{name}{i}"><uncertaintyModel>{model}</uncertaintyModel>'
                   f"<uncertaintyWeight>{weight}</uncertaintyWeight></logicTreeBranch>"
                   for i, (model, weight) in enumerate(branches))
    return f'<logicTreeBranchSet branchSetID="{name}" uncertaintyType="{kind}" {attributes}>{text}</logicTreeBranchSet>\n'


def tree(sets):
    return HEAD + '<logicTree logicTreeID="lt">\n' + "".join(sets) + "</logicTree>\n" + TAIL


def write(folder, sources, job, gsims=(("BooreAtkinson2008",),), regions=(REGION,), uncertainties=()):
    """`gsims`: for each region its models, of equal weights."""
    (folder / "job.ini").write_text(JOB.format(**({"mesh": 2, "complex_mesh": 5} | job)))
    groups = "".join(f'<sourceGroup tectonicRegion="{region}">\n' + "".join(s for s in sources if f'"{region}"' in s) +
                     "</sourceGroup>\n" for region in regions)
    (folder / "source_model.xml").write_text(HEAD + f'<sourceModel name="bench">\n{groups}</sourceModel>\n' + TAIL)
    (folder / "source_model_logic_tree.xml").write_text(
        tree([branch_set("s", "sourceModel", [("source_model.xml", 1.0)]), *uncertainties]))
    (folder / "gsim_logic_tree.xml").write_text(tree([
        branch_set(f"g{i}", "gmpeModel", [(model, 1 / len(models)) for model in models],
                   f'applyToTectonicRegionType="{region}"')
        for i, (region, models) in enumerate(zip(regions, gsims))]))


def area_grid(folder, spacing):
    """The size of the AreaSource demo: 52 points, 8 magnitudes, 8 intensity measure types."""
    write(folder, [area("1", "9.6 44.7 9.9 45.1 10.5 45.3 10.6 44.4", truncated(4.3, 1.0, 5.0, 6.5))],
          {"description": f"area, {spacing} km", "region": "8.7 43.8, 8.7 46.0, 11.4 46.0, 11.4 43.8",
           "spacing": spacing, "levels": levels(spectral("PGA"), 45)})


def fault_grid(folder, kind, mesh):
    """2,400 sites x 9 intensity measure types x 45 levels."""
    if kind == "simple":
        sources = [simple_fault("1", "10.0 44.4 10.2 44.8 10.1 45.3", truncated(4.2, 0.9, 5.0, 7.0))]
    else:
        sources = [complex_fault("1", ("9.6 44.2 5 9.7 44.9 5 9.5 45.6 5", "10.0 44.2 20 10.1 44.9 20 10.0 45.6 20",
                                       "10.5 44.2 35 10.5 44.9 35 10.5 45.6 35"), truncated(4.6, 0.9, 6.0, 8.0))]
    write(folder, sources,
          {"description": f"{kind} fault", "region": "8.7 43.8, 8.7 46.0, 11.4 46.0, 11.4 43.8", "spacing": 4.8,
           "levels": levels(spectral("PGV", "PGA"), 45), "mesh": mesh, "complex_mesh": mesh})


def logic_tree(folder):
    """3 a and b values x 3 largest magnitudes of each of two sources, 2 models in each of their regions: 324."""
    regions = (REGION, "Stable Continental Crust")
    sources = [area("1", "9.0 44.0 9.0 45.6 10.0 45.6 10.0 44.0", truncated(4.2, 1.0, 5.0, 6.5)),
               simple_fault("2", "10.2 44.4 10.4 44.8 10.3 45.3", truncated(3.6, 1.0, 5.0, 6.5), regions[1])]
    uncertainties = []
    for name, a in (("1", 4.2), ("2", 3.6)):
        only = f'applyToSources="{name}"'
        uncertainties.append(branch_set(f"a{name}", "abGRAbsolute", [
            (f"{a} 1.0", 0.6), (f"{a + 0.2:.1f} 1.1", 0.2), (f"{a - 0.2:.1f} 0.9", 0.2)], only))
        uncertainties.append(branch_set(f"m{name}", "maxMagGRAbsolute", [(6.5, 0.6), (6.7, 0.2), (6.9, 0.2)], only))
    write(folder, sources,
          {"description": "logic tree", "region": "9.0 44.0, 9.0 45.2, 10.7 45.2, 10.7 44.0", "spacing": 11.2,
           "levels": levels(("PGA", "SA(0.1)", "SA(1.0)"), 20)},
          gsims=(("BooreAtkinson2008", "ChiouYoungs2008"), ("ToroEtAl2002", "Campbell2003")), regions=regions,
          uncertainties=uncertainties)


# Name: how it is made, and the CPU seconds of OpenQuake 3.24 for its demo of this size (None: not measured).
MODELS = {
    "area, 10 km": (lambda folder: area_grid(folder, 10), 13.2),
    "area, 5.4 km": (lambda folder: area_grid(folder, 5.4), None),
    "simple fault, 2,400 sites": (lambda folder: fault_grid(folder, "simple", 5), 49.4),
    "complex fault, 2,400 sites": (lambda folder: fault_grid(folder, "complex", 10), 76.2),
    "logic tree, 324 realizations": (logic_tree, 74.7),
}
