// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Relay, Terms} from "../../src/interfaces/IQBitFlowCheckout.sol";
import {CheckoutTest} from "../support/CheckoutTest.sol";
import {Deployed, ITestToken} from "../support/Deployed.sol";
import {Signature, Signing} from "../support/Signing.sol";
import {vm} from "../support/Vm.sol";

/// @notice For the snapshot in contracts/snapshots: one payment in each way. Figures of whole transactions are in
/// `node bench/gas.ts`.
contract GasTest is CheckoutTest {
    function setUp() public override {
        super.setUp();
        address[4] memory recipients = [merchant, feeRecipient, organization, relayRecipient];
        for (uint256 i = 0; i < 4; i++) {
            vm.deal(recipients[i], 1);
            usdc.mint(recipients[i], 1);
            dai.mint(recipients[i], 1);
        }
        vm.prank(payer);
        usdt.approve(address(checkout), type(uint256).max);
        vm.prank(payer);
        usdc.approve(Deployed.PERMIT2, type(uint256).max);
    }

    function test_native() public {
        vm.prank(payer);
        checkout.payNative{value: 1 ether}(termsOf(address(0), 1 ether));
    }

    function test_approved() public {
        vm.prank(payer);
        checkout.payToken(termsOf(address(usdt), 25e6));
    }

    function test_permit() public {
        Terms memory terms = termsOf(address(usdc), 25e6);
        Signature memory permit = Signing.permit(usdc, PAYER_KEY, address(checkout), terms.amount, terms.deadline);
        vm.prank(payer);
        checkout.payWithPermit(terms, permit.v, permit.r, permit.s);
    }

    function test_dai_permit() public {
        Terms memory terms = termsOf(address(dai), 25e18);
        Signature memory permit = Signing.daiPermit(dai, PAYER_KEY, address(checkout), terms.deadline);
        vm.prank(payer);
        checkout.payWithDaiPermit(terms, permit.v, permit.r, permit.s);
    }

    function test_relayed_permit() public {
        (Terms memory terms, Relay memory relay) = gasless(usdc, 25e6);
        uint256 commitment = uint256(Signing.gaslessHash(terms, relay));
        Signature memory permit =
            Signing.permit(usdc, PAYER_KEY, address(checkout), terms.amount + relay.fee, commitment);
        checkout.payWithPermitRelayed(terms, relay, payer, permit.v, permit.r, permit.s);
    }

    function test_relayed_dai_permit() public {
        (Terms memory terms, Relay memory relay) = gasless(dai, 25e18);
        uint256 commitment = uint256(Signing.gaslessHash(terms, relay));
        Signature memory permit = Signing.daiPermit(dai, PAYER_KEY, address(checkout), commitment);
        checkout.payWithDaiPermitRelayed(terms, relay, payer, permit.v, permit.r, permit.s);
    }

    function test_permit2() public {
        (Terms memory terms, Relay memory relay) = gasless(usdc, 25e6);
        (uint256 rest, uint256 fee, uint256 organizationFee) = split(terms);
        uint256[] memory amounts = new uint256[](4);
        (amounts[0], amounts[1], amounts[2], amounts[3]) = (rest, fee, organizationFee, relay.fee);
        bytes memory signature = Signing.permit2(PAYER_KEY, address(checkout), terms, relay, amounts, 1);
        checkout.payWithPermit2(terms, relay, payer, 1, signature);
    }

    function test_authorization() public {
        (Terms memory terms, Relay memory relay) = gasless(usdc, 25e6);
        bytes memory signature = Signing.authorization(usdc, PAYER_KEY, payer, address(checkout), terms, relay);
        checkout.payWithAuthorization(terms, relay, payer, signature);
    }

    function gasless(ITestToken token, uint256 amount) private view returns (Terms memory, Relay memory) {
        return (termsOf(address(token), amount), Relay(40_000, relayRecipient));
    }
}
