// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {MandateState, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {ITestToken} from "../support/Deployed.sol";
import {SubscriptionsHandler} from "../support/SubscriptionsHandler.sol";
import {SubscriptionsLedger} from "../support/SubscriptionsLedger.sol";
import {vm} from "../support/Vm.sol";

contract SubscriptionsInvariants {
    SubscriptionsHandler private handler;

    function setUp() public {
        vm.warp(1_800_000_000);
        handler = new SubscriptionsHandler();
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// forge-config: default.invariant.runs = 24
    /// forge-config: default.invariant.fail-on-revert = true
    /// @dev One function, as each would have a run of its own. The ledger's words say what was violated: more than the
    /// maximum, twice a period, after its end, by a stranger, a fee above the signed one, a change that nobody wanted.
    function invariant_only_what_was_signed_happens_and_every_unit_is_accounted_for() public view {
        vm.assertTrue(bytes(handler.violation()).length == 0, handler.violation());
        assertNothingStays();
        assertBalances();
        assertStates();
    }

    function assertNothingStays() private view {
        for (uint256 t = 0; t < handler.TOKENS(); t++) {
            uint256 left = handler.tokens(t).balanceOf(address(handler.subscriptions()));
            vm.assertEq(left, 0, "the contract holds a balance");
        }
    }

    function assertBalances() private view {
        for (uint256 t = 0; t < handler.TOKENS(); t++) {
            ITestToken token = handler.tokens(t);
            for (uint256 i = 0; i < handler.SUBSCRIBERS(); i++) {
                assertBalance(token, handler.subscriber(i));
            }
            for (uint256 i = 0; i < 4; i++) {
                assertBalance(token, handler.recipients(i));
            }
        }
    }

    function assertBalance(ITestToken token, address account) private view {
        vm.assertEq(token.balanceOf(account), handler.ledger(address(token), account), "balance and sum of events");
    }

    function assertStates() private view {
        for (uint256 i = 0; i < handler.count(); i++) {
            (bytes32 mandateHash, SubscriptionsLedger.Known memory expected) = handler.knownOf(i);
            MandateState memory state = handler.subscriptions().mandateState(mandateHash);
            vm.assertEq(state.maximum, expected.maximum, "the maximum is the one last set");
            bool over = state.status == MandateStatus.Ended || state.status == MandateStatus.Cancelled;
            vm.assertTrue(over == expected.dead, "over for those that ended, and for no other");
        }
    }

    /// @dev The invariant would hold for a handler that does nothing, too.
    function test_the_handler_charges_in_every_way_changes_and_attacks() public {
        uint256 byExecutor = 2 << 32 | 2 << 16 | uint256(5e6) << 64 | 2;
        handler.charge(0, byExecutor);
        vm.assertEq(handler.charges(), 1, "alone");
        handler.charge(0, byExecutor);
        vm.assertEq(handler.charges(), 1, "and not again");
        handler.chargeGroup(2, byExecutor);
        uint256 inGroups = handler.charges();
        vm.assertTrue(inGroups > 1, "in a group");
        handler.chargeBatch(4, byExecutor);
        vm.assertTrue(handler.charges() > inGroups, "in a batch");
        uint256 before = handler.changes();
        handler.setMaximum(0, 7e6 + 1, false);
        handler.setMaximum(0, 8e6 + 1, true);
        handler.stop(1, false);
        handler.stop(6, true);
        handler.cancel(2, 1);
        handler.cancel(3, 2);
        handler.cancel(4, 0);
        vm.assertEq(handler.changes() - before, 7, "every change took place");
        for (uint256 i = 0; i < 25; i++) {
            handler.attack(i, 1, byExecutor);
            handler.attack(i, 2 * i, byExecutor);
            handler.attack(i, 2 * i, type(uint256).max);
        }
        vm.assertEq(handler.changes() - before, 7, "and none of them again");
        invariant_only_what_was_signed_happens_and_every_unit_is_accounted_for();
    }
}
