package dev.handfast.xa.internal.log.slot;

import java.util.List;

/**
 * A copy that is written, with all that is needed to keep it afterwards.
 *
 * @param copy where it stands
 * @param old the copies that it replaces, which are kept until it is forced
 * @param group that forces it
 */
record Written(Placement copy, List<Placement> old, ForceGroup group) {}
