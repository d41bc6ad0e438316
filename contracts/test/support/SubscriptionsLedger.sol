// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IExecutorRegistry} from "../../src/interfaces/IExecutorRegistry.sol";
import {ChargeFailure, IQBitFlowSubscriptions, Mandate, Plan} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed} from "./Deployed.sol";
import {MandateSigning} from "./MandateSigning.sol";
import {Vm, vm} from "./Vm.sol";

/// @notice Reads the contract's events after each call, and judges them by what was signed and who sent it. It keeps
/// the balances that follow from the events by the fee rule of the documents.
abstract contract SubscriptionsLedger {
    struct Known {
        bool active;
        bool stopping;
        bool dead;
        uint256 maximum;
        uint256 index;
    }

    IQBitFlowSubscriptions public immutable subscriptions;
    IExecutorRegistry public immutable registry;
    mapping(address token => mapping(address account => uint256)) public ledger;
    uint256 public charges;
    uint256 public changes;
    /// The first thing that must not happen; empty as long as none did.
    string public violation;

    Mandate[] internal mandates;
    mapping(bytes32 mandateHash => Known) internal known;
    mapping(bytes32 mandateHash => mapping(uint256 period => bool)) internal charged;

    constructor() {
        subscriptions = Deployed.subscriptions();
        registry = Deployed.registry(address(this));
    }

    function count() public view returns (uint256) {
        return mandates.length;
    }

    function knownOf(uint256 index) external view returns (bytes32 mandateHash, Known memory) {
        mandateHash = MandateSigning.mandateHash(mandates[index]);
        return (mandateHash, known[mandateHash]);
    }

    /// @param change Of what the subscriber himself wants with this call, `changeOf` its event; 0: nothing.
    function send(address sender, bytes memory data, bytes32 change) internal returns (bool success) {
        vm.recordLogs();
        vm.prank(sender);
        (success,) = address(subscriptions).call(data);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; success && i < logs.length; i++) {
            if (logs[i].emitter == address(subscriptions) && !isUndone(logs, i)) judge(logs[i], sender, change);
        }
    }

    /// @dev forge records events of calls that reverted, too. A single charge in a batch tells that it was taken before
    /// the token is called, and is told as failed afterwards if the token refuses.
    function isUndone(Vm.Log[] memory logs, uint256 index) private pure returns (bool) {
        if (logs[index].topics[0] != IQBitFlowSubscriptions.Charged.selector) return false;
        for (uint256 i = index + 1; i < logs.length; i++) {
            if (logs[i].topics[0] != IQBitFlowSubscriptions.ChargeFailed.selector) continue;
            if (logs[i].topics[1] != logs[index].topics[1]) continue;
            (, ChargeFailure reason) = abi.decode(logs[i].data, (uint256, ChargeFailure));
            if (reason >= ChargeFailure.InsufficientBalance && reason <= ChargeFailure.TokenRefused) return true;
        }
        return false;
    }

    function changeOf(bytes32 topic, bytes32 mandateHash, uint256 value) internal pure returns (bytes32) {
        return keccak256(abi.encode(topic, mandateHash, value));
    }

    function judge(Vm.Log memory log, address sender, bytes32 change) private {
        bytes32 topic = log.topics[0];
        if (topic == IQBitFlowSubscriptions.Charged.selector) return judgeCharge(log, sender);
        if (topic == IQBitFlowSubscriptions.Cancelled.selector) return judgeCancellation(log, sender, change);
        bool sets = topic == IQBitFlowSubscriptions.MaximumSet.selector;
        bool stops = topic == IQBitFlowSubscriptions.Stopped.selector;
        if (!sets && !stops && topic != IQBitFlowSubscriptions.Activated.selector) return;
        changes++;
        uint256 value = sets ? abi.decode(log.data, (uint256)) : 0;
        if (changeOf(topic, log.topics[1], value) != change) violated("a change that its subscriber did not want");
        Known storage mandate = known[log.topics[1]];
        if (sets) mandate.maximum = value;
        else if (!stops) mandate.active = true;
        else if (mandates[mandate.index].plan.kind == 0) mandate.dead = true;
        else mandate.stopping = true;
    }

    function judgeCancellation(Vm.Log memory log, address sender, bytes32 change) private {
        Known storage mandate = known[log.topics[1]];
        Mandate storage terms = mandates[mandate.index];
        // Terms with a bit changed are another mandate, which nobody has signed; whom it names may end it.
        if (MandateSigning.mandateHash(terms) != log.topics[1]) return;
        address by = abi.decode(log.data, (address));
        bool wanted = changeOf(log.topics[0], log.topics[1], 0) == change;
        bool mayCancel = by == sender && (sender == terms.plan.merchant || registry.isExecutor(sender));
        if (by == terms.subscriber ? !wanted : !mayCancel) violated("cancelled by somebody who may not");
        mandate.dead = true;
        changes++;
    }

    struct Taken {
        uint256 period;
        uint256 amount;
        uint256 fee;
        uint256 organizationFee;
        uint256 executionFee;
    }

    function judgeCharge(Vm.Log memory log, address sender) private {
        Taken memory taken = abi.decode(log.data, (Taken));
        Known storage mandate = known[log.topics[1]];
        Mandate memory terms = mandates[mandate.index];
        if (!mandate.active) violated("charged without being active");
        if (mandate.dead) violated("charged after its end");
        if (terms.endsAt != 0 && block.timestamp >= terms.endsAt) violated("charged after the signed end");
        if (charged[log.topics[1]][taken.period]) violated("charged twice in a period");
        if (taken.amount + taken.executionFee > mandate.maximum) violated("more than the maximum");
        if (sender != terms.plan.merchant && !registry.isExecutor(sender)) violated("charged by a stranger");
        if (block.timestamp < subscriptions.periodStart(terms, taken.period)) violated("charged too early");
        if (block.timestamp >= subscriptions.periodStart(terms, taken.period + 1)) violated("charged too late");
        judgeFees(terms.plan, taken);
        charged[log.topics[1]][taken.period] = true;
        if (mandate.stopping) mandate.dead = true;
        book(terms, taken);
        charges++;
    }

    function judgeFees(Plan memory plan, Taken memory taken) private {
        if (taken.fee > taken.amount * plan.maxFeeBps / 10_000) violated("a fee above the signed one");
        if (taken.organizationFee != (taken.amount - taken.fee) * plan.organizationFeeBps / 10_000) {
            violated("another organization fee than signed");
        }
        if (taken.executionFee > plan.maxExecutionFee) violated("an execution fee above the signed one");
    }

    function book(Mandate memory terms, Taken memory taken) private {
        mapping(address account => uint256) storage accounts = ledger[terms.plan.token];
        accounts[terms.subscriber] -= taken.amount + taken.executionFee;
        accounts[terms.plan.merchant] += taken.amount - taken.fee - taken.organizationFee;
        accounts[terms.plan.feeRecipient] += taken.fee + taken.executionFee;
        accounts[terms.plan.organization] += taken.organizationFee;
    }

    function violated(string memory words) private {
        if (bytes(violation).length == 0) violation = words;
    }
}
