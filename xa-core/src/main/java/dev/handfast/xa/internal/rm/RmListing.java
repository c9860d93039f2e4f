package dev.handfast.xa.internal.rm;

import dev.handfast.xa.spi.BranchDetail;
import dev.handfast.xa.spi.XidKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.transaction.xa.Xid;
import org.jspecify.annotations.Nullable;

/**
 * One resource manager's answer to the question which branches are in doubt there, of whomever.
 *
 * @param rm that was asked
 * @param branches it listed; null if no list came
 * @param details what it told of them
 */
public record RmListing(
    RmFacade rm, @Nullable Map<XidKey, Xid> branches, Map<XidKey, BranchDetail> details) {

  static RmListing of(RmFacade rm, List<Xid> listed, Map<XidKey, BranchDetail> details) {
    Map<XidKey, Xid> branches = new LinkedHashMap<>();
    listed.forEach(xid -> branches.put(XidKey.of(xid), xid));
    return new RmListing(rm, branches, details);
  }

  static RmListing unreachable(RmFacade rm) {
    return new RmListing(rm, null, Map.of());
  }

  /** True if no list came. */
  public boolean isUnreachable() {
    return branches == null;
  }

  /** The branches it listed; none if no list came. */
  public Set<XidKey> keys() {
    return branches == null ? Set.of() : branches.keySet();
  }

  /** When a branch was prepared by the RM's clock, or first seen here: the earlier one, or null. */
  public @Nullable Instant since(XidKey branch) {
    Instant seen = rm.firstSeen().of(branch);
    BranchDetail told = details.get(branch);
    Instant prepared = told == null ? null : told.since();
    return prepared != null && (seen == null || prepared.isBefore(seen)) ? prepared : seen;
  }

  /** The form of a branch's Xid in the RM's own tools. */
  public String nativeForm(XidKey branch) {
    Xid xid = branches == null ? null : branches.get(branch);
    return rm.nativeForm(xid == null ? branch.xid() : xid);
  }

  /** Whether another resource manager is there than the one whose branches are waited for. */
  public boolean isStranger() {
    return rm.isStranger();
  }
}
