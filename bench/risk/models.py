"""Job files of the sizes that the reference engine was measured on, made from a fixed seed."""
import csv
import random

SEED = 20261123
TAXONOMIES = ["adobe", "brick", "concrete", "steel", "wood"]
LOSS_TYPES = ["structural", "nonstructural", "contents"]
SITE_OPTIONS = """reference_vs30_type = measured
reference_vs30_value = 760
reference_depth_to_1pt0km_per_sec = 100
reference_depth_to_2pt5km_per_sec = 5
"""
RUPTURE = """rupture_dict = {'lon': 10.0, 'lat': 43.0, 'dep': 12, 'mag': 6.8, 'rake': 90, 'strike': 30, 'dip': 60}
rupture_mesh_spacing = 5
truncation_level = 3
maximum_distance = 400
gsim = BooreAtkinson2008
"""


def nrml(body):
    return f'<?xml version="1.0" encoding="utf-8"?>\n<nrml xmlns="http://openquake.org/xmlns/nrml/0.5">\n{body}\n</nrml>\n'


def write_exposure(folder, assets, assets_a_site):
    """A grid of sites round 10 E, 43 N, so many assets each."""
    draw = random.Random(SEED)
    sites = (assets + assets_a_site - 1) // assets_a_site
    width = int(sites ** 0.5) + 1
    with open(folder / "exposure.csv", "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "lon", "lat", "taxonomy", "number", *LOSS_TYPES, "district"])
        for asset in range(assets):
            site = asset // assets_a_site
            lon = 9 + 2 * (site % width) / width
            lat = 42 + 2 * (site // width) / width
            values = [round(draw.uniform(1e4, 1e6), 2) for _ in LOSS_TYPES]
            rows.writerow([f"a{asset:07}", f"{lon:.5f}", f"{lat:.5f}", draw.choice(TAXONOMIES),
                           draw.randint(1, 50), *values, f"d{draw.randint(0, 19)}"])
    costs = "".join(f'<costType name="{name}" type="aggregated" unit="EUR"/>' for name in LOSS_TYPES)
    (folder / "exposure.xml").write_text(nrml(
        f'<exposureModel id="e" category="buildings"><description/><conversions><costTypes>{costs}</costTypes></conversions>'
        "<tagNames>district</tagNames><assets>exposure.csv</assets></exposureModel>"))


def write_vulnerability(folder, imt):
    levels = [0.01 * 1.35 ** i for i in range(18)]
    for kind, loss_type in enumerate(LOSS_TYPES):
        functions = []
        for rank, taxonomy in enumerate(TAXONOMIES):
            middle = 0.2 + 0.15 * rank + 0.05 * kind
            means = [level ** 2 / (level ** 2 + middle ** 2) for level in levels]
            spreads = [0.5 * (1 - mean) + 0.02 for mean in means]
            text = [" ".join(f"{value:.6f}" for value in row) for row in (levels, means, spreads)]
            functions.append(f'<vulnerabilityFunction id="{taxonomy}" dist="LN"><imls imt="{imt}">{text[0]}</imls>'
                             f"<meanLRs>{text[1]}</meanLRs><covLRs>{text[2]}</covLRs></vulnerabilityFunction>")
        (folder / f"{loss_type}.xml").write_text(nrml(
            f'<vulnerabilityModel id="v" assetCategory="buildings" lossCategory="{loss_type}">{"".join(functions)}'
            "</vulnerabilityModel>"))
    return "".join(f"{name}_vulnerability_file = {name}.xml\n" for name in LOSS_TYPES)


def write_fragility(folder):
    states = ["slight", "moderate", "extensive", "complete"]
    functions = []
    for rank, taxonomy in enumerate(TAXONOMIES):
        params = "".join(f'<params ls="{state}" mean="{(0.15 + 0.1 * rank) * (step + 1):.3f}" stddev="{0.1 * (step + 1):.3f}"/>'
                         for step, state in enumerate(states))
        functions.append(f'<fragilityFunction id="{taxonomy}" format="continuous" shape="logncdf">'
                         f'<imls imt="PGA" minIML="0.01" maxIML="4" noDamageLimit="0.01"/>{params}</fragilityFunction>')
    (folder / "fragility.xml").write_text(nrml(
        '<fragilityModel id="f" assetCategory="buildings" lossCategory="structural"><description/>'
        f'<limitStates>{" ".join(states)}</limitStates>{"".join(functions)}</fragilityModel>'))


def write_sources(folder):
    (folder / "sources.xml").write_text(nrml(
        '<sourceModel name="s"><sourceGroup name="g" tectonicRegion="Active Shallow Crust"><areaSource id="1" name="a">'
        '<areaGeometry><gml:Polygon xmlns:gml="http://www.opengis.net/gml"><gml:exterior><gml:LinearRing><gml:posList>'
        "9 42 11 42 11 44 9 44</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>"
        "<upperSeismoDepth>0</upperSeismoDepth><lowerSeismoDepth>15</lowerSeismoDepth></areaGeometry>"
        "<magScaleRel>WC1994</magScaleRel><ruptAspectRatio>1</ruptAspectRatio>"
        '<truncGutenbergRichterMFD aValue="4" bValue="1" minMag="5" maxMag="7"/>'
        '<nodalPlaneDist><nodalPlane probability="1" strike="0" dip="90" rake="0"/></nodalPlaneDist>'
        '<hypoDepthDist><hypoDepth probability="1" depth="8"/></hypoDepthDist></areaSource></sourceGroup></sourceModel>'))
    (folder / "tree.xml").write_text(nrml(
        '<logicTree logicTreeID="t"><logicTreeBranchSet uncertaintyType="sourceModel" branchSetID="s"><logicTreeBranch '
        'branchID="b"><uncertaintyModel>sources.xml</uncertaintyModel><uncertaintyWeight>1</uncertaintyWeight>'
        "</logicTreeBranch></logicTreeBranchSet></logicTree>"))
    return ("source_model_logic_tree_file = tree.xml\ngsim = BooreAtkinson2008\narea_source_discretization = 20\n"
            "width_of_mfd_bin = 0.25\nrupture_mesh_spacing = 5\nmaximum_distance = 200\ntruncation_level = 3\n"
            "investigation_time = 50\nintensity_measure_types_and_levels = {'PGA': logscale(0.005, 2.5, 30)}\n")


def job(folder, mode, lines):
    text = f"[general]\ndescription = bench\ncalculation_mode = {mode}\nexposure_file = exposure.xml\n" + SITE_OPTIONS + lines
    (folder / "job.ini").write_text(text)


def scenario_risk(folder, assets, events):
    write_exposure(folder, assets, 4)
    functions = write_vulnerability(folder, "PGA")
    job(folder, "scenario_risk", RUPTURE + functions
        + f"number_of_ground_motion_fields = {events}\naggregate_by = district\n")


def scenario_damage(folder, assets, events):
    write_exposure(folder, assets, 4)
    write_fragility(folder)
    job(folder, "scenario_damage", RUPTURE
        + f"structural_fragility_file = fragility.xml\nnumber_of_ground_motion_fields = {events}\n")


def classical_risk(folder, assets):
    write_exposure(folder, assets, 4)
    functions = write_vulnerability(folder, "PGA")
    job(folder, "classical_risk", write_sources(folder) + functions
        + "lrem_steps_per_interval = 1\nconditional_loss_poes = 0.1 0.02\n")
