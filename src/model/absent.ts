/** Models of XSPEC that are not here, by what they would need. */
const ABSENT = [
  {
    why: "is a plasma code, whose atomic data are not included",
    names:
      "apec bapec btapec bvapec bvtapec bvvapec bvvtapec c6mekl c6pmekl c6pvmkl c6vmekl cemekl cevmkl cflow equil gadem gnei meka mekal mkcflow nei nlapec npshock pshock raymond rnei sedov snapec tapec vapec vequil vgadem vgnei vmeka vmekal vmcflow vnei vnpshock vpshock vraymond vrnei vsedov vtapec vvapec vvgnei vvnei vvnpshock vvpshock vvrnei vvsedov vvtapec",
  },
  {
    why: "needs tables that are not included",
    names:
      "carbatm hatm kdblur kdblur2 kerrbb kerrconv kerrd kerrdisk laor laor2 nsa nsagrav nsmax nsmaxg nsx relxill rfxconv slimbh srcut sresc xilconv xion zxipcf ismabs",
  },
  {
    why: "is not included",
    names:
      "absori acisabs bexrav bexriv bmc clumin compbb compls compmag compps comptb compth cplinear disk diskir diskm disko diskpn eqpair eqtherm ezdiskbb heilin hrefl ireflect lyman nteea optxagn optxagnf pexmon pexriv pileup plcabs posm reflect refsch rgsxsrc sirf smaug sss_ice swind1 tbrel xscat zbabs zigm zsmdust zvarabs zvfeabs",
  },
].map(({ why, names }) => ({ why, names: new Set(names.split(" ")) }));

/** Why there is no such model, where XSPEC has it: `is a plasma code, ...`; undefined for any other name. */
export function absentModel(name: string): string | undefined {
  return ABSENT.find(({ names }) => names.has(name.toLowerCase()))?.why;
}
